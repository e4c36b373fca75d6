using System.Globalization;
using System.Numerics;

namespace Weir.Models.Jinja;

/// <summary>Filters on numbers.</summary>
internal static class NumberFilters
{
    public static readonly Dictionary<string, Filter> All = new()
    {
        ["int"] = Int,
        ["float"] = Float,
        ["abs"] = Abs,
        ["round"] = Round,
        ["sum"] = Sum,
    };

    private static object? Int(object? value, Arguments arguments, Frame frame)
    {
        var fallback = arguments.Get(0, "default", 0L);
        switch (value)
        {
            case Undefined undefined:
                throw undefined.Fail();
            case string text:
                if (Numbers.TryParseInteger(text, arguments.GetInt(1, "base", 10), out var whole))
                    return whole;
                return Numbers.TryParseFloat(text, out var real) && double.IsFinite(real) ? Numbers.Shrink(new BigInteger(real)) : fallback;
            case double number:
                return double.IsFinite(number) ? Numbers.Shrink(new BigInteger(number)) : fallback;
            case decimal number:
                return Numbers.Shrink(new BigInteger(number));
            default:
                return Numbers.IsInteger(value) ? Numbers.Shrink(Numbers.ToBig(value!)) : fallback;
        }
    }

    private static object? Float(object? value, Arguments arguments, Frame frame) => value switch
    {
        Undefined undefined => throw undefined.Fail(),
        string text when Numbers.TryParseFloat(text, out var parsed) => parsed,
        _ when Numbers.IsNumber(value) => Numbers.ToDouble(value!),
        _ => arguments.Get(0, "default", 0.0),
    };

    private static object? Abs(object? value, Arguments arguments, Frame frame) => value switch
    {
        double number => Math.Abs(number),
        decimal number => Math.Abs(number),
        Undefined undefined => throw undefined.Fail(),
        _ when Numbers.IsInteger(value) => Numbers.Shrink(BigInteger.Abs(Numbers.ToBig(value!))),
        _ => throw new JinjaException(JinjaErrorKind.Type, $"bad operand type for abs(): '{TypeNames.Of(value)}'"),
    };

    private static object? Round(object? value, Arguments arguments, Frame frame)
    {
        var places = arguments.GetInt(0, "precision", 0);
        var method = arguments.GetText(1, "method", "common");
        if (value is Undefined undefined)
            throw undefined.Fail();
        if (!Numbers.IsNumber(value))
            throw new JinjaException(JinjaErrorKind.Type, $"type {TypeNames.Of(value)} doesn't define __round__ method");
        return method switch
        {
            "common" when Numbers.IsInteger(value) => RoundWhole(Numbers.ToBig(value!), places),
            "common" when value is decimal number => Math.Round(number, Math.Clamp(places, 0, 28), MidpointRounding.ToEven),
            "common" => double.Parse(FloatText.Fixed((double)value!, places), CultureInfo.InvariantCulture),
            "ceil" => Math.Ceiling(Numbers.ToDouble(value!) * Math.Pow(10, places)) / Math.Pow(10, places),
            "floor" => Math.Floor(Numbers.ToDouble(value!) * Math.Pow(10, places)) / Math.Pow(10, places),
            _ => throw new JinjaException(JinjaErrorKind.Runtime, "method must be common, ceil or floor"),
        };
    }

    private static object RoundWhole(BigInteger value, int places)
    {
        if (places >= 0)
            return Numbers.Shrink(value);
        var unit = BigInteger.Pow(10, -places);
        return Numbers.Shrink(FloatText.RoundHalfEven(value, unit) * unit);
    }

    private static object? Sum(object? value, Arguments arguments, Frame frame)
    {
        var pick = AttributePath.Of(arguments.Get(0, "attribute"));
        var total = arguments.Get(1, "start", 0L);
        foreach (var item in Sequences.Iterate(value))
            total = Arithmetic.Add(total, pick(item));
        return total;
    }
}
