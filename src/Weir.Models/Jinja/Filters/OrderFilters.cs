namespace Weir.Models.Jinja;

/// <summary>Filters that sort, group and find the least and the most.</summary>
internal static class OrderFilters
{
    public static readonly Dictionary<string, Filter> All = new()
    {
        ["sort"] = Sort,
        ["dictsort"] = DictSort,
        ["groupby"] = GroupBy,
        ["unique"] = Unique,
        ["min"] = (value, arguments, _) => Extreme(value, arguments, sign: -1),
        ["max"] = (value, arguments, _) => Extreme(value, arguments, sign: 1),
    };

    private static List<object?> Sort(object? value, Arguments arguments, Frame frame)
    {
        var pick = Key(AttributePath.OfMany(arguments.Get(2, "attribute")), arguments.GetBool(1, "case_sensitive", false));
        return Ordering.Sort(Sequences.Iterate(value), pick, arguments.GetBool(0, "reverse", false));
    }

    private static List<object?> DictSort(object? value, Arguments arguments, Frame frame)
    {
        if (value is Undefined undefined)
            throw undefined.Fail();
        var dict = value as JinjaDict ?? throw new JinjaException(JinjaErrorKind.Type, $"dictsort needs a mapping, not {TypeNames.Of(value)}");
        var place = arguments.GetText(1, "by", "key") switch
        {
            "key" => 0,
            "value" => 1,
            _ => throw new JinjaException(JinjaErrorKind.Runtime, "You can only sort by either \"key\" or \"value\""),
        };
        var pick = Key(pair => ((JinjaTuple)pair!)[place], arguments.GetBool(0, "case_sensitive", false));
        return Ordering.Sort(new DictView(dict, "dict_items"), pick, arguments.GetBool(2, "reverse", false));
    }

    private static List<object?> GroupBy(object? value, Arguments arguments, Frame frame)
    {
        var isCaseSensitive = arguments.GetBool(2, "case_sensitive", false);
        var plain = AttributePath.Of(arguments.Require(0, "attribute"), arguments.Get(1, "default"));
        var pick = Key(plain, isCaseSensitive);
        var groups = new List<object?>();
        List<object?>? current = null;
        object? last = null;
        foreach (var item in Ordering.Sort(Sequences.Iterate(value), pick, reverse: false))
        {
            var key = pick(item);
            if (current is null || !Equality.Same(key, last))
                groups.Add(new Group(plain(item), current = []));
            current.Add(item);
            last = key;
        }
        return groups;
    }

    private static Generator Unique(object? value, Arguments arguments, Frame frame)
    {
        var pick = Key(AttributePath.Of(arguments.Get(1, "attribute")), arguments.GetBool(0, "case_sensitive", false));
        return new Generator(Sequences.Iterate(value).DistinctBy(pick, Equality.Comparer));
    }

    private static object? Extreme(object? value, Arguments arguments, int sign)
    {
        var pick = Key(AttributePath.Of(arguments.Get(1, "attribute")), arguments.GetBool(0, "case_sensitive", false));
        var isFirst = true;
        object? best = new Undefined("No aggregated item, sequence was empty.");
        foreach (var item in Sequences.Iterate(value))
        {
            if (isFirst || Ordering.Compare(pick(item), pick(best), sign < 0 ? "<" : ">") * sign > 0)
                best = item;
            isFirst = false;
        }
        return best;
    }

    private static Func<object?, object?> Key(Func<object?, object?> pick, bool isCaseSensitive) =>
        isCaseSensitive ? pick : item => AttributePath.FoldCase(pick(item));
}
