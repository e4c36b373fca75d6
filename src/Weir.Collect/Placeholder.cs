namespace Weir.Collect;

internal static class Placeholder;
