namespace Weir.Models.Jinja;

/// <summary>Methods of dictionaries.</summary>
internal static class DictMethods
{
    public static readonly Dictionary<string, Func<JinjaDict, Arguments, object?>> All = new()
    {
        ["keys"] = (dict, _) => new DictView(dict, "dict_keys"),
        ["values"] = (dict, _) => new DictView(dict, "dict_values"),
        ["items"] = (dict, _) => new DictView(dict, "dict_items"),
        ["get"] = (dict, arguments) => dict.TryGetValue(arguments.Require(0, "key"), out var value) ? value : arguments.Get(1, "default"),
        ["copy"] = (dict, _) => new JinjaDict(dict),
        ["update"] = Update,
        ["pop"] = Pop,
        ["popitem"] = PopItem,
        ["setdefault"] = SetDefault,
        ["clear"] = Clear,
        ["fromkeys"] = (_, arguments) => new JinjaDict(Sequences.Iterate(arguments.Require(0, "iterable")).Select(key => KeyValuePair.Create(key, arguments.Get(1, "value")))),
    };

    /// <summary>Adds another dictionary's items, or pairs, and then the keyword arguments.</summary>
    public static object? Update(JinjaDict dict, Arguments arguments)
    {
        if (arguments.Positional.Count > 1)
            throw new JinjaException(JinjaErrorKind.Type, $"update expected at most 1 argument, got {arguments.Positional.Count}");
        if (arguments.Positional is [JinjaDict other])
            foreach (var (key, value) in other.ToList())
                dict[key] = value;
        else if (arguments.Positional is [var pairs])
            foreach (var pair in Sequences.Iterate(pairs))
                AddPair(dict, pair);
        foreach (var (name, value) in arguments.Named)
            dict[name] = value;
        return null;
    }

    private static void AddPair(JinjaDict dict, object? pair)
    {
        var parts = Sequences.Iterate(pair).Take(3).ToList();
        if (parts.Count != 2)
            throw new JinjaException(JinjaErrorKind.Value, $"dictionary update sequence element has length {parts.Count}; 2 is required");
        dict[parts[0]] = parts[1];
    }

    private static object? Pop(JinjaDict dict, Arguments arguments)
    {
        var key = arguments.Require(0, "key");
        if (!dict.TryGetValue(key, out var value))
            return arguments.TryGet(1, "default", out var fallback) ? fallback : throw new JinjaException(JinjaErrorKind.Key, Repr.Of(key));
        dict.Remove(key);
        return value;
    }

    private static JinjaTuple PopItem(JinjaDict dict, Arguments arguments)
    {
        if (dict.Count == 0)
            throw new JinjaException(JinjaErrorKind.Key, "'popitem(): dictionary is empty'");
        var (key, value) = dict.Last();
        dict.Remove(key);
        return new JinjaTuple(key, value);
    }

    private static object? SetDefault(JinjaDict dict, Arguments arguments)
    {
        var key = arguments.Require(0, "key");
        if (!dict.TryGetValue(key, out var value))
            dict[key] = value = arguments.Get(1, "default");
        return value;
    }

    private static object? Clear(JinjaDict dict, Arguments arguments)
    {
        dict.Clear();
        return null;
    }
}
