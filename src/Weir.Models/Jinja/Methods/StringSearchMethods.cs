namespace Weir.Models.Jinja;

/// <summary>Methods of text that find, split, replace and join.</summary>
internal static class StringSearchMethods
{
    public static readonly Dictionary<string, Func<string, Arguments, object?>> All = new()
    {
        ["split"] = (text, arguments) => StringSearch.Split(text, arguments.Get(0, "sep") as string, arguments.GetInt(1, "maxsplit", -1)),
        ["rsplit"] = (text, arguments) => StringSearch.SplitRight(text, arguments.Get(0, "sep") as string, arguments.GetInt(1, "maxsplit", -1)),
        ["replace"] = (text, arguments) => StringSearch.Replace(text, arguments.GetText(0, "old"), arguments.GetText(1, "new"), arguments.GetInt(2, "count", -1)),
        ["find"] = (text, arguments) => Find(text, arguments, fromRight: false),
        ["rfind"] = (text, arguments) => Find(text, arguments, fromRight: true),
        ["index"] = (text, arguments) => Index(Find(text, arguments, fromRight: false)),
        ["rindex"] = (text, arguments) => Index(Find(text, arguments, fromRight: true)),
        ["count"] = (text, arguments) => (long)StringSearch.CountOf(Part(text, arguments, out _), arguments.GetText(0, "sub")),
        ["startswith"] = (text, arguments) => Any(arguments, "prefix", part => Part(text, arguments, out _).StartsWith(part, StringComparison.Ordinal)),
        ["endswith"] = (text, arguments) => Any(arguments, "suffix", part => Part(text, arguments, out _).EndsWith(part, StringComparison.Ordinal)),
        ["removeprefix"] = (text, arguments) => arguments.GetText(0, "prefix") is var prefix && text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text,
        ["removesuffix"] = (text, arguments) => arguments.GetText(0, "suffix") is var suffix && text.EndsWith(suffix, StringComparison.Ordinal) ? text[..^suffix.Length] : text,
        ["partition"] = (text, arguments) => Partition(text, arguments.GetText(0, "sep"), fromRight: false),
        ["rpartition"] = (text, arguments) => Partition(text, arguments.GetText(0, "sep"), fromRight: true),
        ["join"] = Join,
    };

    private static string Join(string separator, Arguments arguments) =>
        string.Join(separator, Sequences.Iterate(arguments.Require(0, "iterable")).Select((item, index) => item as string
            ?? throw new JinjaException(JinjaErrorKind.Type, $"sequence item {index}: expected str instance, {TypeNames.Of(item)} found")));

    private static long Find(string text, Arguments arguments, bool fromRight)
    {
        var part = Part(text, arguments, out var start);
        var sub = arguments.GetText(0, "sub");
        var at = fromRight ? part.LastIndexOf(sub, StringComparison.Ordinal) : part.IndexOf(sub, StringComparison.Ordinal);
        return at < 0 ? -1 : start + CodePoints.Index(part, at);
    }

    private static long Index(long found) => found >= 0 ? found : throw new JinjaException(JinjaErrorKind.Value, "substring not found");

    /// <summary>The part from the second to the third argument.</summary>
    private static string Part(string text, Arguments arguments, out int start)
    {
        start = 0;
        if (arguments.Positional.Count < 2)
            return text;
        var count = CodePoints.Count(text);
        start = Math.Clamp(Wrap(arguments.GetInt(1, "start", 0)), 0, count);
        var end = Math.Clamp(Wrap(arguments.GetInt(2, "end", count)), start, count);
        return CodePoints.Pick(text, Enumerable.Range(start, end - start));

        int Wrap(int index) => index < 0 ? index + count : index;
    }

    private static bool Any(Arguments arguments, string name, Func<string, bool> holds) =>
        arguments.Require(0, name) is JinjaTuple tuple ? tuple.Any(part => holds(Str.Of(part))) : holds(arguments.GetText(0, name));

    private static JinjaTuple Partition(string text, string separator, bool fromRight)
    {
        if (separator.Length == 0)
            throw new JinjaException(JinjaErrorKind.Value, "empty separator");
        var at = fromRight ? text.LastIndexOf(separator, StringComparison.Ordinal) : text.IndexOf(separator, StringComparison.Ordinal);
        if (at < 0)
            return fromRight ? new JinjaTuple("", "", text) : new JinjaTuple(text, "", "");
        return new JinjaTuple(text[..at], separator, text[(at + separator.Length)..]);
    }
}
