namespace Weir.Models.Jinja;

/// <summary>Filters on any value: defaults, attributes, json, and how text is read when rendered natively.</summary>
internal static class ValueFilters
{
    public static readonly Dictionary<string, Filter> All = new()
    {
        ["default"] = Default,
        ["d"] = Default,
        ["attr"] = Attribute,
        ["tojson"] = ToJson,
        ["pprint"] = (value, _, _) => PrettyText.Of(value),
        ["as_text"] = (value, _, frame) => As(value, NativeType.Text, frame),
        ["as_native"] = (value, _, frame) => As(value, NativeType.Any, frame),
        ["as_bool"] = (value, _, frame) => As(value, NativeType.Bool, frame),
        ["as_number"] = (value, _, frame) => As(value, NativeType.Number, frame),
    };

    private static object? Default(object? value, Arguments arguments, Frame frame)
    {
        var isMissing = value is Undefined || (arguments.GetBool(1, "boolean", false) && !Truth.Of(value));
        return isMissing ? arguments.Get(0, "default_value", "") : value;
    }

    private static object? Attribute(object? value, Arguments arguments, Frame frame)
    {
        var name = Str.Of(arguments.Require(0, "name"));
        if (value is Undefined undefined)
            throw undefined.Fail();
        return Access.TryAttribute(value, name, out var found) ? found : Undefined.Member(value, name);
    }

    private static string ToJson(object? value, Arguments arguments, Frame frame)
    {
        var indent = arguments.TryGet(0, "indent", out var given) && given is not null ? Numbers.ToIndex(given) : (int?)null;
        return Json.Write(value, sortKeys: true, indent).Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal)
            .Replace("&", "\\u0026", StringComparison.Ordinal).Replace("'", "\\u0027", StringComparison.Ordinal);
    }

    private static object? As(object? value, NativeType type, Frame frame) => frame.IsNative ? new NativeText(Str.Of(value), type) : value;
}
