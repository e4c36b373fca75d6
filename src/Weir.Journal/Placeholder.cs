namespace Weir.Journal;

internal static class Placeholder;
