using System.Numerics;
using System.Text.Json;
using Weir.Land.Fast.Contracts;

namespace Weir.Land.Contracts.Schemas;

/// <summary><c>minimum</c>, <c>maximum</c>, <c>exclusiveMinimum</c>, <c>exclusiveMaximum</c>.</summary>
internal sealed class BoundRule(string keyword, Bound bound) : Rule
{
    public override Violation? Find(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number) return null;
        var order = Numbers.Compare(value, bound);
        return keyword switch
        {
            "minimum" when order < 0 => Breaks(keyword, $"expected at least {bound.Text}"),
            "maximum" when order > 0 => Breaks(keyword, $"expected at most {bound.Text}"),
            "exclusiveMinimum" when order <= 0 => Breaks(keyword, $"expected more than {bound.Text}"),
            "exclusiveMaximum" when order >= 0 => Breaks(keyword, $"expected less than {bound.Text}"),
            _ => null,
        };
    }

    public override bool Holds(EventTree tree, int at)
    {
        if (tree[at].Kind != JsonTokenType.Number) return true;
        if (!tree.TryNumber(at, out var number)) return false;
        var order = number.Value.CompareTo(bound.Value);
        return keyword switch
        {
            "minimum" => order >= 0,
            "maximum" => order <= 0,
            "exclusiveMinimum" => order > 0,
            _ => order < 0,
        };
    }
}

/// <summary><c>multipleOf</c>, in decimals: 0.3 is a multiple of 0.1.</summary>
internal sealed class MultipleRule(Bound factor) : Rule
{
    private readonly UInt128 digits = UInt128.Parse(factor.Exact.Digits, null);

    public override Violation? Find(JsonElement value) =>
        value.ValueKind != JsonValueKind.Number || IsMultiple(value) ? null : Breaks("multipleOf", $"expected a multiple of {factor.Text}");

    public override bool Holds(EventTree tree, int at)
    {
        if (tree[at].Kind != JsonTokenType.Number) return true;
        if (!tree.TryNumber(at, out var read)) return false;
        var number = read.Trimmed;
        var zeros = factor.Exact.Scale - number.Scale;
        if (number.Digits == 0 || zeros < 0) return number.Digits == 0;
        // At most 18 digits and 18 zeros: within 128 bits.
        if (zeros > 18) return tree.Doubt();
        UInt128 value = number.Digits;
        for (var i = 0; i < zeros; i++) value *= 10;
        return value % digits == 0;
    }

    private bool IsMultiple(JsonElement value)
    {
        // value = D / 10^s and factor = E / 10^t, neither D nor E ending with a zero.
        var number = Numbers.Exact(value);
        if (number.Digits.Length == 0) return true;
        var zeros = factor.Exact.Scale - number.Scale;
        if (zeros < 0) return false;
        UInt128 rest = 0;
        foreach (var digit in number.Digits) rest = (rest * 10 + (UInt128)(digit - '0')) % digits;
        return BigInteger.ModPow(10, zeros, digits) * rest % digits == 0;
    }
}
