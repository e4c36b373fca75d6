namespace Weir.Models;

internal static class Placeholder;
