using System.Numerics;

namespace Weir.Models.Jinja;

/// <summary>The binary operators.</summary>
internal static class Arithmetic
{
    public static object? Add(object? left, object? right)
    {
        Refuse(left, right);
        return (left, right) switch
        {
            (long a, long b) when !WouldOverflow(a, b) => a + b,
            (string a, string b) => a + b,
            (List<object?> a, List<object?> b) => new List<object?>([.. a, .. b]),
            (JinjaTuple a, JinjaTuple b) => new JinjaTuple([.. a, .. b]),
            (string or List<object?> or JinjaTuple, _) => throw new JinjaException(JinjaErrorKind.Type,
                $"can only concatenate {TypeNames.Of(left)} (not \"{TypeNames.Of(right)}\") to {TypeNames.Of(left)}"),
            _ => OnNumbers("+", left, right, BigInteger.Add, decimal.Add, (a, b) => a + b),
        };
    }

    public static object? Subtract(object? left, object? right) =>
        OnNumbers("-", left, right, BigInteger.Subtract, decimal.Subtract, (a, b) => a - b);

    public static object? Multiply(object? left, object? right)
    {
        Refuse(left, right);
        if (Numbers.IsInteger(right) && left is string or List<object?> or JinjaTuple)
            return Repetition.Of(left, Numbers.ToIndex(right));
        if (Numbers.IsInteger(left) && right is string or List<object?> or JinjaTuple)
            return Repetition.Of(right, Numbers.ToIndex(left));
        if (left is string or List<object?> or JinjaTuple || right is string or List<object?> or JinjaTuple)
            throw new JinjaException(JinjaErrorKind.Type,
                $"can't multiply sequence by non-int of type '{TypeNames.Of(left is string or List<object?> or JinjaTuple ? right : left)}'");
        return OnNumbers("*", left, right, BigInteger.Multiply, decimal.Multiply, (a, b) => a * b);
    }

    public static object? Divide(object? left, object? right)
    {
        CheckDivisor(right, left is double || right is double ? "float division by zero" : "division by zero");
        if (left is decimal || right is decimal)
            return OnNumbers("/", left, right, BigInteger.Divide, decimal.Divide, (a, b) => a / b);
        if (!Numbers.IsNumber(left) || !Numbers.IsNumber(right))
            throw Unsupported("/", left, right);
        return Numbers.ToDouble(left!) / Numbers.ToDouble(right!);
    }

    public static object? FloorDivide(object? left, object? right)
    {
        CheckDivisor(right, left is double || right is double ? "float floor division by zero" : "integer division or modulo by zero");
        return OnNumbers("//", left, right, Floor, (a, b) => decimal.Truncate(a / b), (a, b) => Math.Floor(a / b));
    }

    public static object? Modulo(object? left, object? right)
    {
        if (left is string format)
            return PercentFormat.Of(format, right);
        CheckDivisor(right, left is double || right is double ? "float modulo" : "integer modulo by zero");
        return OnNumbers("%", left, right, (a, b) => a - (Floor(a, b) * b), decimal.Remainder, (a, b) => a - (Math.Floor(a / b) * b));
    }

    public static object? Negate(object? value) => value switch
    {
        double number => -number,
        decimal number => -number,
        _ when Numbers.IsInteger(value) => Numbers.Shrink(-Numbers.ToBig(value!)),
        Undefined undefined => throw undefined.Fail(),
        _ => throw new JinjaException(JinjaErrorKind.Type, $"bad operand type for unary -: '{TypeNames.Of(value)}'"),
    };

    public static object? Plus(object? value) => value switch
    {
        bool flag => flag ? 1L : 0L,
        _ when Numbers.IsNumber(value) => value,
        Undefined undefined => throw undefined.Fail(),
        _ => throw new JinjaException(JinjaErrorKind.Type, $"bad operand type for unary +: '{TypeNames.Of(value)}'"),
    };

    public static object? OnNumbers(string sign, object? left, object? right,
        Func<BigInteger, BigInteger, BigInteger> whole, Func<decimal, decimal, decimal> exact, Func<double, double, double> real)
    {
        Refuse(left, right);
        if ((left as IJinjaArithmetic ?? right as IJinjaArithmetic)?.Combine(sign, left, right) is { } combined)
            return combined;
        if (Numbers.IsInteger(left) && Numbers.IsInteger(right))
            return Numbers.Shrink(whole(Numbers.ToBig(left!), Numbers.ToBig(right!)));
        if (!Numbers.IsNumber(left) || !Numbers.IsNumber(right) || (left is decimal && right is double) || (left is double && right is decimal))
            throw Unsupported(sign, left, right);
        return left is decimal || right is decimal
            ? exact(Numbers.ToDecimal(left!), Numbers.ToDecimal(right!))
            : real(Numbers.ToDouble(left!), Numbers.ToDouble(right!));
    }

    private static void Refuse(object? left, object? right)
    {
        if ((left as Undefined ?? right as Undefined) is { } undefined)
            throw undefined.Fail();
    }

    public static JinjaException Unsupported(string sign, object? left, object? right) => (left as Undefined ?? right as Undefined)?.Fail() ?? new(JinjaErrorKind.Type,
        $"unsupported operand type(s) for {sign}: '{TypeNames.Of(left)}' and '{TypeNames.Of(right)}'");

    private static void CheckDivisor(object? right, string message)
    {
        if (Numbers.IsNumber(right) && Numbers.ToDouble(right!) == 0)
            throw new JinjaException(JinjaErrorKind.ZeroDivision, message);
    }

    private static BigInteger Floor(BigInteger left, BigInteger right)
    {
        var quotient = BigInteger.DivRem(left, right, out var rest);
        return !rest.IsZero && rest.Sign != right.Sign ? quotient - 1 : quotient;
    }

    private static bool WouldOverflow(long a, long b) => b > 0 ? a > long.MaxValue - b : a < long.MinValue - b;
}
