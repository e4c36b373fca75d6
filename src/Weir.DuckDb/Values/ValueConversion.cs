using System.Collections;
using System.Globalization;
using System.Numerics;

namespace Weir.DuckDb.Values;

/// <summary>What a reader was asked for, out of what the column has: conversions that lose nothing, and no parsing of text.</summary>
internal static class ValueConversion
{
    /// <exception cref="InvalidCastException">There is no such conversion.</exception>
    /// <exception cref="OverflowException">The value is beyond the type asked for, or would lose its fraction.</exception>
    public static object To(object value, Type target)
    {
        target = Nullable.GetUnderlyingType(target) ?? target;
        if (target.IsInstanceOfType(value))
            return value;
        if (IsNumber(value) && Number(value, target) is { } number)
            return number;
        return (value, target) switch
        {
            (DateOnly date, _) when target == typeof(DateTime) => date.ToDateTime(TimeOnly.MinValue),
            (DateTime time, _) when target == typeof(DateOnly) && time.TimeOfDay == TimeSpan.Zero => DateOnly.FromDateTime(time),
            (DateTime { Kind: DateTimeKind.Utc } time, _) when target == typeof(DateTimeOffset) => new DateTimeOffset(time),
            (TimeOnly time, _) when target == typeof(TimeSpan) => time.ToTimeSpan(),
            (DuckDBInterval interval, _) when target == typeof(TimeSpan) => interval.ToTimeSpan(),
            (string { Length: 1 } text, _) when target == typeof(char) => text[0],
            (List<object?> list, _) when target.IsArray => Array(list, target.GetElementType()!),
            (List<object?> list, _) when target.IsGenericType && target.IsAssignableFrom(typeof(List<>).MakeGenericType(target.GetGenericArguments()[0])) =>
                TypedList(list, target.GetGenericArguments()[0]),
            _ => throw new InvalidCastException(),
        };
    }

    private static bool IsNumber(object value) =>
        value is int or long or double or decimal or Int128 or short or sbyte or byte or float or uint or ulong or ushort or UInt128 or BigInteger;

    private static object? Number(object value, Type target)
    {
        if (target == typeof(double) || target == typeof(float) || (target == typeof(decimal) && value is double or float))
            return Convert.ChangeType(value is IConvertible ? value : (double)Whole(value), target, CultureInfo.InvariantCulture);
        if (target == typeof(decimal))
            return (decimal)Whole(value);
        if (target == typeof(long))
            return (long)Whole(value);
        if (target == typeof(int))
            return (int)Whole(value);
        if (target == typeof(short))
            return (short)Whole(value);
        if (target == typeof(sbyte))
            return (sbyte)Whole(value);
        if (target == typeof(byte))
            return (byte)Whole(value);
        if (target == typeof(ushort))
            return (ushort)Whole(value);
        if (target == typeof(uint))
            return (uint)Whole(value);
        if (target == typeof(ulong))
            return (ulong)Whole(value);
        if (target == typeof(Int128))
            return (Int128)Whole(value);
        if (target == typeof(UInt128))
            return (UInt128)Whole(value);
        return target == typeof(BigInteger) ? Whole(value) : null;
    }

    private static BigInteger Whole(object value) => value switch
    {
        BigInteger number => number,
        Int128 number => number,
        UInt128 number => number,
        decimal number when decimal.Truncate(number) == number => new BigInteger(number),
        double number when double.IsInteger(number) => new BigInteger(number),
        float number when float.IsInteger(number) => new BigInteger(number),
        decimal or double or float => throw new OverflowException($"the value {Convert.ToString(value, CultureInfo.InvariantCulture)} is not a whole number"),
        ulong number => number,
        _ => Convert.ToInt64(value, CultureInfo.InvariantCulture),
    };

    private static Array Array(List<object?> list, Type element)
    {
        var array = System.Array.CreateInstance(element, list.Count);
        for (var i = 0; i < list.Count; i++)
            array.SetValue(Element(list[i], element), i);
        return array;
    }

    private static IList TypedList(List<object?> list, Type element)
    {
        var typed = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        foreach (var item in list)
            typed.Add(Element(item, element));
        return typed;
    }

    private static object? Element(object? item, Type element)
    {
        if (item is not null)
            return To(item, element);
        return !element.IsValueType || Nullable.GetUnderlyingType(element) is not null ? null
            : throw new InvalidCastException($"the list has a NULL element; read it with elements of {element.Name}?");
    }
}
