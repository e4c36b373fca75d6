using System.Numerics;

namespace Weir.Models.Jinja;

/// <summary><c>left ** right</c>.</summary>
internal static class Power
{
    /// <summary>Above this many bits a result is refused: a template that asks for it is mistaken.</summary>
    private const long MostBits = 1_000_000;

    public static object? Of(object? left, object? right) =>
        Numbers.IsInteger(left) && Numbers.IsInteger(right) && Numbers.ToBig(right!).Sign >= 0
            ? Numbers.Shrink(Whole(Numbers.ToBig(left!), Numbers.ToBig(right!)))
            : Real(left, right);

    private static BigInteger Whole(BigInteger number, BigInteger exponent)
    {
        if (BigInteger.Abs(number) <= 1)
            return number.IsZero && !exponent.IsZero ? 0 : number == -1 && !exponent.IsEven ? -1 : 1;
        if (number.GetBitLength() * exponent > MostBits)
            throw new JinjaException(JinjaErrorKind.Overflow, $"the power has more than {MostBits} bits");
        return BigInteger.Pow(number, (int)exponent);
    }

    private static double Real(object? left, object? right)
    {
        if (Numbers.IsNumber(left) && Numbers.IsNumber(right) && Numbers.ToDouble(left!) == 0 && Numbers.ToDouble(right!) < 0)
            throw new JinjaException(JinjaErrorKind.ZeroDivision, "0.0 cannot be raised to a negative power");
        if (!Numbers.IsNumber(left) || !Numbers.IsNumber(right))
            throw Arithmetic.Unsupported("** or pow()", left, right);
        return Math.Pow(Numbers.ToDouble(left!), Numbers.ToDouble(right!));
    }
}
