using System.Globalization;

namespace Weir.Configuration;

/// <summary>Sizes and lengths of time as people write them in <c>weir.yml</c>.</summary>
internal static class Sizes
{
    private static readonly (string Unit, long Factor)[] ByteUnits =
        [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40), ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000), ("B", 1), ("", 1)];

    private static readonly (string Unit, double Seconds)[] TimeUnits = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3_600), ("d", 86_400), ("y", 365 * 86_400)];

    public static long? ParseBytes(string text)
    {
        var (unit, factor) = ByteUnits.First(u => text.EndsWith(u.Unit, StringComparison.OrdinalIgnoreCase));
        return decimal.TryParse(text[..^unit.Length].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * factor < long.MaxValue ? (long)(number * factor) : null;
    }

    public static TimeSpan? ParseDuration(string text)
    {
        if (text == "0") return TimeSpan.Zero;
        foreach (var (unit, seconds) in TimeUnits)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number * seconds < 1e10)
                return TimeSpan.FromSeconds(number * seconds);
        }
        return null;
    }
}
