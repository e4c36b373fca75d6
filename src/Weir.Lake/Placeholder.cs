namespace Weir.Lake;

internal static class Placeholder;
