using System.Globalization;
using System.Text;

namespace Weir.Models.Jinja;

/// <summary>Text in Python's quotes and escapes.</summary>
internal static class Quote
{
    public static string Text(string text)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var result = new StringBuilder().Append(quote);
        foreach (var rune in text.EnumerateRunes())
            Append(result, rune, quote);
        return result.Append(quote).ToString();
    }

    public static string Bytes(byte[] bytes)
    {
        var result = new StringBuilder("b'");
        foreach (var value in bytes)
        {
            if (value is >= 0x20 and < 0x7F || value is 9 or 10 or 13)
                Append(result, new Rune((char)value), '\'');
            else
                result.Append($"\\x{value:x2}");
        }
        return result.Append('\'').ToString();
    }

    private static void Append(StringBuilder result, Rune rune, char quote)
    {
        _ = rune.Value switch
        {
            '\\' => result.Append(@"\\"),
            '\n' => result.Append(@"\n"),
            '\r' => result.Append(@"\r"),
            '\t' => result.Append(@"\t"),
            var value when value == quote => result.Append('\\').Append(quote),
            _ when IsPrintable(rune) => result.Append(rune.ToString()),
            <= 0xFF => result.Append($"\\x{rune.Value:x2}"),
            <= 0xFFFF => result.Append($"\\u{rune.Value:x4}"),
            _ => result.Append($"\\U{rune.Value:x8}"),
        };
    }

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
