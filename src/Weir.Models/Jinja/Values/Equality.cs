using System.Numerics;

namespace Weir.Models.Jinja;

/// <summary>Equality and hashing as in Python: numbers by value over their types, sequences of one type by items, dictionaries without order.</summary>
internal sealed class Equality : IEqualityComparer<object?>
{
    public static readonly Equality Comparer = new();

    public static bool Same(object? left, object? right)
    {
        if (ReferenceEquals(left, right))
            return left is not double.NaN;
        if (left is null || right is null)
            return false;
        if (left is string text)
            return right is string other && text == other;
        if (Numbers.IsNumber(left) && Numbers.IsNumber(right))
            return Ordering.CompareNumbers(left, right) == 0;
        return (left, right) switch
        {
            (List<object?> a, List<object?> b) => SameItems(a, b),
            (JinjaTuple a, JinjaTuple b) => SameItems(a, b),
            (JinjaRange a, JinjaRange b) => SameItems(a, b),
            (JinjaDict a, JinjaDict b) => a.Count == b.Count && a.All(item => b.TryGetValue(item.Key, out var value) && Same(item.Value, value)),
            (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
            _ => left.Equals(right),
        };
    }

    public static int Hash(object? value) => value switch
    {
        null => 0,
        long or double or bool or BigInteger or decimal => Numbers.ToDouble(value).GetHashCode(),
        JinjaTuple tuple => tuple.Aggregate(17, (hash, item) => HashCode.Combine(hash, Hash(item))),
        List<object?> or JinjaDict => throw new JinjaException(JinjaErrorKind.Type, $"unhashable type: '{TypeNames.Of(value)}'"),
        _ => value.GetHashCode(),
    };

    bool IEqualityComparer<object?>.Equals(object? x, object? y) => Same(x, y);

    public int GetHashCode(object? obj) => Hash(obj);

    private static bool SameItems(IReadOnlyList<object?> left, IReadOnlyList<object?> right)
    {
        if (left.Count != right.Count)
            return false;
        for (var index = 0; index < left.Count; index++)
            if (!Same(left[index], right[index]))
                return false;
        return true;
    }
}
