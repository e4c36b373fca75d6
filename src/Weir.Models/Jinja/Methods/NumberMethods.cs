namespace Weir.Models.Jinja;

/// <summary>Attributes and methods of numbers.</summary>
internal static class NumberMethods
{
    public static object? OfInteger(object value, string name) => name switch
    {
        "real" or "numerator" => Arithmetic.Plus(value),
        "imag" => 0L,
        "denominator" => 1L,
        "bit_length" => new BoundMethod(value, name, (_, _) => (long)Numbers.ToBig(value).GetBitLength()),
        "conjugate" => new BoundMethod(value, name, (_, _) => Arithmetic.Plus(value)),
        "is_integer" => new BoundMethod(value, name, (_, _) => true),
        _ => null,
    };

    public static object? OfFloat(double value, string name) => name switch
    {
        "real" => value,
        "imag" => 0.0,
        "is_integer" => new BoundMethod(value, name, (_, _) => double.IsInteger(value)),
        "conjugate" => new BoundMethod(value, name, (_, _) => value),
        _ => null,
    };
}
