using System.Globalization;
using System.Text;

namespace Weir.Models.Jinja;

/// <summary>Python's escapes in quoted text; an unknown escape stays as it is.</summary>
internal static class StringLiteral
{
    public static string Unescape(string text)
    {
        if (!text.Contains('\\'))
            return text;
        var result = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\' || at + 1 == text.Length)
                result.Append(text[at]);
            else
                at += 1 + Escape(text, at + 1, result);
        }
        return result.ToString();
    }

    /// <summary>Gives how many characters after the one at <paramref name="at"/> were used too.</summary>
    private static int Escape(string text, int at, StringBuilder result)
    {
        switch (text[at])
        {
            case 'x':
                return Hexadecimal(text, at, 2, result);
            case 'u':
                return Hexadecimal(text, at, 4, result);
            case 'U':
                return Hexadecimal(text, at, 8, result);
            case >= '0' and <= '7':
                var length = 1;
                while (length < 3 && at + length < text.Length && text[at + length] is >= '0' and <= '7')
                    length++;
                result.Append((char)Convert.ToInt32(text.Substring(at, length), 8));
                return length - 1;
            case '\n':
                return 0;
            case var letter:
                const string Letters = "nrt\\'\"abfv";
                const string Meanings = "\n\r\t\\'\"\a\b\f\v";
                var index = Letters.IndexOf(letter, StringComparison.Ordinal);
                _ = index >= 0 ? result.Append(Meanings[index]) : result.Append('\\').Append(letter);
                return 0;
        }
    }

    private static int Hexadecimal(string text, int at, int digits, StringBuilder result)
    {
        if (at + digits >= text.Length
            || !int.TryParse(text.AsSpan(at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || code is < 0 or > 0x10FFFF)
            throw new FormatException($"truncated \\{text[at]} escape");
        _ = code is >= 0xD800 and <= 0xDFFF ? result.Append((char)code) : result.Append(char.ConvertFromUtf32(code));
        return digits;
    }
}
