using System.Numerics;

namespace Weir.Models.Jinja;

/// <summary>The names Python gives the types of values, for messages.</summary>
internal static class TypeNames
{
    public static string Of(object? value) => value switch
    {
        null => "NoneType",
        bool => "bool",
        long or BigInteger => "int",
        double => "float",
        decimal => "Decimal",
        string => "str",
        List<object?> => "list",
        JinjaTuple => "tuple",
        JinjaDict => "dict",
        JinjaRange => "range",
        Generator => "generator",
        DictView view => view.Kind,
        byte[] => "bytes",
        BoundMethod => "builtin_function_or_method",
        Function => "function",
        DateTime or DateTimeOffset => "datetime.datetime",
        DateOnly => "datetime.date",
        TimeOnly => "datetime.time",
        IJinjaObject special => special.TypeName,
        _ => value.GetType().Name,
    };

    /// <summary>As in "'dict object' has no attribute 'x'".</summary>
    public static string Described(object? value) => value is null ? "None" : $"{Of(value)} object";
}
