namespace Weir.Land;

internal static class Placeholder;
