namespace Weir.Models.Jinja;

/// <summary>Methods of sequences that cannot change.</summary>
internal static class SequenceMethods
{
    public static readonly Dictionary<string, Func<IReadOnlyList<object?>, Arguments, object?>> All = new()
    {
        ["count"] = (items, arguments) => Count(items, arguments.Require(0, "value")),
        ["index"] = (items, arguments) => Index(items, arguments.Require(0, "value"), "tuple.index(x): x not in tuple"),
    };

    public static long Count(IReadOnlyList<object?> items, object? value) => items.LongCount(item => Equality.Same(item, value));

    public static long Index(IReadOnlyList<object?> items, object? value, string failure)
    {
        for (var index = 0; index < items.Count; index++)
            if (Equality.Same(items[index], value))
                return index;
        throw new JinjaException(JinjaErrorKind.Value, failure);
    }
}

/// <summary>Methods of lists; those that change the list give none.</summary>
internal static class ListMethods
{
    public static readonly Dictionary<string, Func<List<object?>, Arguments, object?>> All = new()
    {
        ["append"] = (list, arguments) => Do(() => list.Add(arguments.Require(0, "object"))),
        ["extend"] = (list, arguments) => Do(() => list.AddRange(Sequences.Iterate(arguments.Require(0, "iterable")).ToList())),
        ["insert"] = (list, arguments) => Do(() => list.Insert(Place(list, arguments.Require(0, "index")), arguments.Require(1, "object"))),
        ["remove"] = (list, arguments) => Do(() => list.RemoveAt((int)SequenceMethods.Index(list, arguments.Require(0, "value"), "list.remove(x): x not in list"))),
        ["pop"] = Pop,
        ["clear"] = (list, _) => Do(list.Clear),
        ["reverse"] = (list, _) => Do(list.Reverse),
        ["sort"] = (list, arguments) => Do(() => Sort(list, arguments)),
        ["copy"] = (list, _) => new List<object?>(list),
        ["count"] = (list, arguments) => SequenceMethods.Count(list, arguments.Require(0, "value")),
        ["index"] = (list, arguments) => SequenceMethods.Index(list, arguments.Require(0, "value"), $"{Repr.Of(arguments.Positional[0])} is not in list"),
    };

    private static object? Do(Action change)
    {
        change();
        return null;
    }

    private static int Place(List<object?> list, object? index) =>
        Numbers.ToIndex(index) is var place && place < 0 ? Math.Max(0, place + list.Count) : Math.Min(place, list.Count);

    private static object? Pop(List<object?> list, Arguments arguments)
    {
        if (list.Count == 0)
            throw new JinjaException(JinjaErrorKind.Index, "pop from empty list");
        var index = arguments.GetInt(0, "index", -1);
        if (index < 0)
            index += list.Count;
        if (index < 0 || index >= list.Count)
            throw new JinjaException(JinjaErrorKind.Index, "pop index out of range");
        var item = list[index];
        list.RemoveAt(index);
        return item;
    }

    private static void Sort(List<object?> list, Arguments arguments)
    {
        arguments.Limit("sort", 0, "key", "reverse");
        var key = arguments.Named.GetValueOrDefault("key");
        var sorted = Ordering.Sort(list, item => key is null ? item : Access.Call(key, new Arguments([item], Arguments.None.Named)), arguments.GetBool(1, "reverse", false));
        list.Clear();
        list.AddRange(sorted);
    }
}
