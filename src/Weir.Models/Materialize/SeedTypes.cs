using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Weir.Models.Materialize;

/// <summary>
/// The type of a seed's column from all its values, as dbt infers it, but better where dbt then fails or loses something: whole numbers beyond 32
/// bits are BIGINT, times with an offset keep it.
/// </summary>
internal static partial class SeedTypes
{
    public static string Infer(IEnumerable<string> values)
    {
        var given = values.Where(value => value.Length > 0).ToList();
        if (given.TrueForAll(value => Number().IsMatch(value)))
            return Whole(given) ?? "DOUBLE";
        if (given.TrueForAll(IsDate))
            return "DATE";
        if (given.TrueForAll(value => DateTime.TryParseExact(value, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)))
            return "TIMESTAMP";
        if (given.TrueForAll(value => IsoTime().IsMatch(value)))
            return given.TrueForAll(value => Offset().IsMatch(value)) ? "TIMESTAMPTZ" : given.Exists(value => Offset().IsMatch(value)) ? "VARCHAR" : "TIMESTAMP";
        return given.TrueForAll(value => value.Equals("true", StringComparison.OrdinalIgnoreCase) || value.Equals("false", StringComparison.OrdinalIgnoreCase)) ? "BOOLEAN" : "VARCHAR";
    }

    /// <summary>INTEGER, BIGINT or HUGEINT when all are whole (10.00 is); null otherwise.</summary>
    private static string? Whole(List<string> values)
    {
        var widest = "INTEGER";
        foreach (var value in values)
        {
            if (value.AsSpan().IndexOfAny('e', 'E') >= 0)
            {
                if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) || real != Math.Truncate(real) || Math.Abs(real) > int.MaxValue)
                    return null;
                continue;
            }

            var dot = value.IndexOf('.', StringComparison.Ordinal);
            if (dot >= 0 && value.AsSpan(dot + 1).ContainsAnyExcept('0'))
                return null;
            var whole = BigInteger.Parse("0" + (dot >= 0 ? value[..dot] : value).TrimStart('+', '-'), CultureInfo.InvariantCulture);
            if (whole > long.MaxValue)
                return "DOUBLE";
            if (whole > int.MaxValue)
                widest = "BIGINT";
        }

        return widest;
    }

    private static bool IsDate(string value) =>
        DateShape().IsMatch(value) && DateOnly.TryParseExact(value, "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex(@"^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^\d{4}-\d{1,2}-\d{1,2}$")]
    private static partial Regex DateShape();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[-+]\d{2}:?\d{2})?$")]
    private static partial Regex IsoTime();

    [GeneratedRegex(@"(Z|[-+]\d{2}:?\d{2})$")]
    private static partial Regex Offset();
}
