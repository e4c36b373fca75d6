namespace Weir.Connect;

internal static class Placeholder;
