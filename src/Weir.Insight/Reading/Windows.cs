using System.Globalization;

namespace Weir.Insight.Reading;

/// <summary>Lengths of time as dbt writes them: <c>7 days</c>.</summary>
internal static class Windows
{
    public static MetricShift? Read(Fields fields, string key)
    {
        if (fields.Text(key) is not { } text) return null;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 2 && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 && Grains.Find(words[1].ToLowerInvariant()) is { } grain)
            return new MetricShift(count, grain);
        fields.Wrong(key, $"is '{text}', and must be a number and a grain, such as '7 days'; grains: {string.Join(", ", Grains.Names)}");
        return null;
    }
}
