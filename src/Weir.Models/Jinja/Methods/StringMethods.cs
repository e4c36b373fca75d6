using System.Text;

namespace Weir.Models.Jinja;

/// <summary>Methods of text that change it or ask what it is made of.</summary>
internal static class StringMethods
{
    public static readonly Dictionary<string, Func<string, Arguments, object?>> All = new()
    {
        ["upper"] = (text, _) => LetterCase.Upper(text),
        ["lower"] = (text, _) => LetterCase.Lower(text),
        ["casefold"] = (text, _) => LetterCase.Lower(text).Replace("ß", "ss", StringComparison.Ordinal),
        ["title"] = (text, _) => LetterCase.Title(text),
        ["capitalize"] = (text, _) => LetterCase.Capitalize(text),
        ["swapcase"] = (text, _) => LetterCase.Swap(text),
        ["strip"] = (text, arguments) => Trimming.Both(text, arguments.Get(0, "chars") as string),
        ["lstrip"] = (text, arguments) => Trimming.Start(text, arguments.Get(0, "chars") as string),
        ["rstrip"] = (text, arguments) => Trimming.End(text, arguments.Get(0, "chars") as string),
        ["center"] = (text, arguments) => Padding.Center(text, arguments.GetInt(0, "width", 0), arguments.GetText(1, "fillchar", " ")),
        ["ljust"] = (text, arguments) => Padding.Left(text, arguments.GetInt(0, "width", 0), arguments.GetText(1, "fillchar", " ")),
        ["rjust"] = (text, arguments) => Padding.Right(text, arguments.GetInt(0, "width", 0), arguments.GetText(1, "fillchar", " ")),
        ["zfill"] = (text, arguments) => Padding.Zeros(text, arguments.GetInt(0, "width", 0)),
        ["format"] = BraceFormat.Of,
        ["format_map"] = (text, arguments) => BraceFormat.Of(text, new Arguments([], FormatMap(arguments))),
        ["expandtabs"] = (text, arguments) => ExpandTabs(text, arguments.GetInt(0, "tabsize", 8)),
        ["encode"] = (text, _) => Encoding.UTF8.GetBytes(text),
        ["translate"] = (text, arguments) => Translate(text, arguments.Require(0, "table")),
        ["splitlines"] = (text, arguments) => SplitLines(text, arguments.GetBool(0, "keepends", false)).Select(line => (object?)line).ToList(),
        ["isalpha"] = (text, _) => text.Length > 0 && text.All(char.IsLetter),
        ["isdigit"] = (text, _) => text.Length > 0 && text.All(char.IsDigit),
        ["isdecimal"] = (text, _) => text.Length > 0 && text.All(char.IsDigit),
        ["isnumeric"] = (text, _) => text.Length > 0 && text.All(char.IsNumber),
        ["isalnum"] = (text, _) => text.Length > 0 && text.All(char.IsLetterOrDigit),
        ["isspace"] = (text, _) => text.Length > 0 && text.All(char.IsWhiteSpace),
        ["isascii"] = (text, _) => text.All(char.IsAscii),
        ["isupper"] = (text, _) => LetterCase.IsUpper(text),
        ["islower"] = (text, _) => LetterCase.IsLower(text),
        ["istitle"] = (text, _) => LetterCase.IsTitle(text),
        ["isidentifier"] = (text, _) => text.Length > 0 && !char.IsDigit(text[0]) && text.All(character => character == '_' || char.IsLetterOrDigit(character)),
    };

    /// <summary>Lines without a last empty one, ends kept or not.</summary>
    public static IEnumerable<string> SplitLines(string text, bool keepEnds = false)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.AsSpan(start).IndexOfAny('\n', '\r') is var at and >= 0 ? start + at : text.Length;
            var next = end == text.Length ? end : end + (text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1);
            yield return text[start..(keepEnds ? next : end)];
            start = next;
        }
    }

    private static Dictionary<string, object?> FormatMap(Arguments arguments) =>
        (arguments.Require(0, "mapping") as JinjaDict ?? []).ToDictionary(item => Str.Of(item.Key), item => item.Value);

    private static string ExpandTabs(string text, int size)
    {
        var result = new StringBuilder();
        var column = 0;
        foreach (var character in text)
        {
            var width = character != '\t' ? 1 : size > 0 ? size - (column % size) : 0;
            _ = character == '\t' ? result.Append(' ', width) : result.Append(character);
            column = character is '\n' or '\r' ? 0 : column + width;
        }
        return result.ToString();
    }

    private static string Translate(string text, object? table)
    {
        if (table is not JinjaDict dict)
            throw new JinjaException(JinjaErrorKind.Type, $"translate needs a mapping, not {TypeNames.Of(table)}");
        return string.Concat(text.EnumerateRunes().Select(rune => !dict.TryGetValue((long)rune.Value, out var to) ? rune.ToString()
            : Numbers.IsInteger(to) ? char.ConvertFromUtf32(Numbers.ToIndex(to)) : to is null ? "" : Str.Of(to)));
    }
}
