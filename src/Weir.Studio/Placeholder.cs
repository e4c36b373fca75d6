namespace Weir.Studio;

internal static class Placeholder;
