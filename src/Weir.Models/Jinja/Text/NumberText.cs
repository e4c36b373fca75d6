using System.Globalization;
using System.Numerics;

namespace Weir.Models.Jinja;

/// <summary>A number in one of the notations of formats: <c>d b o x X e E f F g G %</c>.</summary>
internal static class NumberText
{
    /// <summary>Null when the notation is not for this type of number; without one, the number's own.</summary>
    public static string? Of(object value, char notation, int? precision, bool isAlternate)
    {
        var isWhole = Numbers.IsInteger(value);
        return notation switch
        {
            '\0' when isWhole && precision is null => Str.Of(Numbers.Shrink(Numbers.ToBig(value))),
            '\0' when precision is null => Str.Of(value),
            '\0' => General(Numbers.ToDouble(value), precision ?? 6),
            'd' or 'n' when isWhole => Str.Of(Numbers.Shrink(Numbers.ToBig(value))),
            'b' when isWhole => InBase(Numbers.ToBig(value), 2, isAlternate ? "0b" : ""),
            'o' when isWhole => InBase(Numbers.ToBig(value), 8, isAlternate ? "0o" : ""),
            'x' when isWhole => InBase(Numbers.ToBig(value), 16, isAlternate ? "0x" : ""),
            'X' when isWhole => InBase(Numbers.ToBig(value), 16, isAlternate ? "0x" : "").ToUpperInvariant(),
            'c' when isWhole => char.ConvertFromUtf32((int)Numbers.ToBig(value)),
            'f' or 'F' when isWhole => FixedWhole(Numbers.ToBig(value), precision ?? 6),
            'f' or 'F' when value is decimal number => number.ToString("F" + (precision ?? 6), CultureInfo.InvariantCulture),
            'f' or 'F' => FloatText.Fixed(Numbers.ToDouble(value), precision ?? 6),
            '%' => FloatText.Fixed(Numbers.ToDouble(value) * 100, precision ?? 6) + "%",
            'e' => Scientific(Numbers.ToDouble(value), precision ?? 6),
            'E' => Scientific(Numbers.ToDouble(value), precision ?? 6).ToUpperInvariant(),
            'g' => General(Numbers.ToDouble(value), precision ?? 6),
            'G' => General(Numbers.ToDouble(value), precision ?? 6).ToUpperInvariant(),
            _ => null,
        };
    }

    private static string FixedWhole(BigInteger value, int places) =>
        value.ToString(CultureInfo.InvariantCulture) + (places > 0 ? "." + new string('0', places) : "");

    private static string InBase(BigInteger value, int numberBase, string prefix)
    {
        var digits = "";
        for (var rest = BigInteger.Abs(value); rest > 0 || digits.Length == 0; rest /= numberBase)
            digits = "0123456789abcdef"[(int)(rest % numberBase)] + digits;
        return (value.Sign < 0 ? "-" : "") + prefix + digits;
    }

    private static string Scientific(double value, int places)
    {
        if (!double.IsFinite(value))
            return FloatText.Shortest(value);
        var parts = value.ToString("e" + places, CultureInfo.InvariantCulture).Split('e');
        return $"{parts[0]}e{parts[1][0]}{int.Parse(parts[1][1..], CultureInfo.InvariantCulture):00}";
    }

    private static string General(double value, int precision)
    {
        if (!double.IsFinite(value))
            return FloatText.Shortest(value);
        precision = Math.Max(precision, 1);
        var scientific = Scientific(value, precision - 1);
        var exponent = int.Parse(scientific[(scientific.IndexOf('e', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
        if (exponent >= -4 && exponent < precision)
            return WithoutZeros(FloatText.Fixed(value, precision - 1 - exponent));
        var parts = scientific.Split('e');
        return $"{WithoutZeros(parts[0])}e{parts[1]}";
    }

    private static string WithoutZeros(string text) => text.Contains('.') ? text.TrimEnd('0').TrimEnd('.') : text;
}
