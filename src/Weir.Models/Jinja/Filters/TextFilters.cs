using System.Text;
using System.Text.RegularExpressions;

namespace Weir.Models.Jinja;

/// <summary>Filters that change text word by word or letter by letter.</summary>
internal static partial class TextFilters
{
    public static readonly Dictionary<string, Filter> All = new()
    {
        ["upper"] = (value, _, _) => LetterCase.Upper(Str.Of(value)),
        ["lower"] = (value, _, _) => LetterCase.Lower(Str.Of(value)),
        ["capitalize"] = (value, _, _) => LetterCase.Capitalize(Str.Of(value)),
        ["title"] = (value, _, _) => Title(Str.Of(value)),
        ["trim"] = (value, arguments, _) => Trimming.Both(Str.Of(value), arguments.Get(0, "chars") as string),
        ["replace"] = (value, arguments, _) => Replace(Str.Of(value), arguments),
        ["string"] = (value, _, _) => Str.Of(value),
        ["format"] = (value, arguments, _) => Format(Str.Of(value), arguments),
        ["wordcount"] = (value, _, _) => (long)Word().Count(Str.Of(value)),
        ["truncate"] = (value, arguments, _) => Truncate(Str.Of(value), arguments),
    };

    private static string Title(string text)
    {
        var result = new StringBuilder();
        foreach (var word in WordStart().Split(text))
            if (word.Length > 0)
                result.Append(LetterCase.Upper(word[..1])).Append(LetterCase.Lower(word[1..]));
        return result.ToString();
    }

    private static string Replace(string text, Arguments arguments)
    {
        var old = Str.Of(arguments.Require(0, "old"));
        return StringSearch.Replace(text, old, Str.Of(arguments.Require(1, "new")), arguments.GetInt(2, "count", -1));
    }

    private static string Format(string format, Arguments arguments)
    {
        if (arguments.Positional.Count > 0 && arguments.Named.Count > 0)
            throw new JinjaException(JinjaErrorKind.Type, "can't handle positional and keyword arguments at the same time");
        return PercentFormat.Of(format, arguments.Named.Count > 0
            ? new JinjaDict(arguments.Named.Select(item => KeyValuePair.Create((object?)item.Key, item.Value)))
            : new JinjaTuple([.. arguments.Positional]));
    }

    private static string Truncate(string text, Arguments arguments)
    {
        var length = arguments.GetInt(0, "length", 255);
        var end = arguments.GetText(2, "end", "...");
        var leeway = arguments.GetInt(3, "leeway", 5);
        if (CodePoints.Count(text) <= length + leeway)
            return text;
        var cut = CodePoints.Pick(text, Enumerable.Range(0, Math.Max(0, length - CodePoints.Count(end))));
        if (!arguments.GetBool(1, "killwords", false) && cut.LastIndexOf(' ') is var space and >= 0)
            cut = cut[..space];
        return cut + end;
    }

    [GeneratedRegex(@"([-\s({\[<]+)")]
    private static partial Regex WordStart();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
