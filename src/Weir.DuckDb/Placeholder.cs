namespace Weir.DuckDb;

internal static class Placeholder;
