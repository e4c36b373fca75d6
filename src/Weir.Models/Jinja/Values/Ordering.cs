namespace Weir.Models.Jinja;

/// <summary>Order between values; what has none is a TypeError.</summary>
internal static class Ordering
{
    /// <summary>Negative, zero or positive; null when either is not a number (NaN).</summary>
    public static int? CompareNumbers(object left, object right)
    {
        if (left is long a && right is long b)
            return a.CompareTo(b);
        if (left is not double && right is not double)
            return left is decimal || right is decimal
                ? Numbers.ToDecimal(left).CompareTo(Numbers.ToDecimal(right))
                : Numbers.ToBig(left).CompareTo(Numbers.ToBig(right));
        var (x, y) = (Numbers.ToDouble(left), Numbers.ToDouble(right));
        return double.IsNaN(x) || double.IsNaN(y) ? null : x.CompareTo(y);
    }

    /// <summary><paramref name="sign"/> is the operator's, for the message.</summary>
    public static int? Compare(object? left, object? right, string sign)
    {
        if (left is Undefined undefined)
            throw undefined.Fail();
        if (right is Undefined other)
            throw other.Fail();
        if (Numbers.IsNumber(left) && Numbers.IsNumber(right))
            return CompareNumbers(left!, right!);
        return (left, right) switch
        {
            (string a, string b) => string.CompareOrdinal(a, b),
            (List<object?> a, List<object?> b) => CompareItems(a, b, sign),
            (JinjaTuple a, JinjaTuple b) => CompareItems(a, b, sign),
            (IComparable a, not null) when left is not string && a.GetType() == right.GetType() => a.CompareTo(right),
            _ => throw new JinjaException(JinjaErrorKind.Type,
                $"'{sign}' not supported between instances of '{TypeNames.Of(left)}' and '{TypeNames.Of(right)}'"),
        };
    }

    public static bool Less(object? left, object? right) => Compare(left, right, "<") < 0;

    /// <summary>A stable sort that compares as Python does, so that the first two values without an order are the ones told.</summary>
    public static List<T> Sort<T>(IEnumerable<T> items, Func<T, object?> key, bool reverse)
    {
        var sorted = new List<(object? Key, T Item)>();
        foreach (var item in items)
        {
            var itemKey = key(item);
            var (low, high) = (0, sorted.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                var before = reverse ? Less(sorted[middle].Key, itemKey) : Less(itemKey, sorted[middle].Key);
                if (before)
                    high = middle;
                else
                    low = middle + 1;
            }
            sorted.Insert(low, (itemKey, item));
        }
        return [.. sorted.Select(pair => pair.Item)];
    }

    private static int? CompareItems(IReadOnlyList<object?> left, IReadOnlyList<object?> right, string sign)
    {
        for (var index = 0; index < Math.Min(left.Count, right.Count); index++)
            if (!Equality.Same(left[index], right[index]))
                return Compare(left[index], right[index], sign);
        return left.Count.CompareTo(right.Count);
    }
}
