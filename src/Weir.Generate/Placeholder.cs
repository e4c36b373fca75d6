namespace Weir.Generate;

internal static class Placeholder;
