using System.Globalization;
using System.Text;

namespace Weir.Tests.Land.Fast.Fuzz;

/// <summary>
/// A JSON parser of its own, for comparison: RFC 8259 to the letter, byte after byte, and what Weir asks beyond it (no name twice in an object, no NUL, no half surrogate pair, 64 levels).
/// It is slow and plain on purpose, and shares no code with what it judges.
/// </summary>
internal sealed class StrictJson
{
    private const int MaxDepth = 64;
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private readonly string text;
    private int at;

    private StrictJson(string text) => this.text = text;

    /// <summary>Whether bytes are one JSON object that Weir takes.</summary>
    public static bool IsObject(byte[] bytes)
    {
        try
        {
            var parser = new StrictJson(Utf8.GetString(bytes));
            parser.Blank();
            parser.Object(1);
            parser.Blank();
            return parser.at == parser.text.Length;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return false;
        }
    }

    private char Peek => at < text.Length ? text[at] : throw new FormatException();

    private void Take(char expected)
    {
        if (Peek != expected) throw new FormatException();
        at++;
    }

    private void Blank()
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n') at++;
    }

    private void Value(int depth)
    {
        switch (Peek)
        {
            case '{': Object(depth + 1); break;
            case '[': Array(depth + 1); break;
            case '"': Text(); break;
            case 't': Word("true"); break;
            case 'f': Word("false"); break;
            case 'n': Word("null"); break;
            default: Number(); break;
        }
    }

    private void Object(int depth)
    {
        if (depth > MaxDepth) throw new FormatException();
        var names = new HashSet<string>(StringComparer.Ordinal);
        Take('{');
        Blank();
        if (Peek == '}')
        {
            at++;
            return;
        }
        while (true)
        {
            if (!names.Add(Text())) throw new FormatException();
            Blank();
            Take(':');
            Blank();
            Value(depth);
            Blank();
            if (Peek == '}') break;
            Take(',');
            Blank();
        }
        at++;
    }

    private void Array(int depth)
    {
        if (depth > MaxDepth) throw new FormatException();
        Take('[');
        Blank();
        if (Peek == ']')
        {
            at++;
            return;
        }
        while (true)
        {
            Value(depth);
            Blank();
            if (Peek == ']') break;
            Take(',');
            Blank();
        }
        at++;
    }

    private string Text()
    {
        Take('"');
        var value = new StringBuilder();
        while (Peek != '"')
        {
            var c = text[at++];
            if (c < ' ') throw new FormatException();
            value.Append(c == '\\' ? Escape() : c);
        }
        at++;
        var all = value.ToString();
        if (all.Contains('\0', StringComparison.Ordinal)) throw new FormatException();
        Utf8.GetByteCount(all); // throws for half a pair
        return all;
    }

    private char Escape()
    {
        var c = Peek;
        at++;
        switch (c)
        {
            case '"' or '\\' or '/': return c;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when at + 4 <= text.Length && text.AsSpan(at, 4).ToString().All(char.IsAsciiHexDigit):
                at += 4;
                return (char)ushort.Parse(text.AsSpan(at - 4, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            default: throw new FormatException();
        }
    }

    private void Word(string word)
    {
        foreach (var c in word) Take(c);
    }

    private void Number()
    {
        if (Peek == '-') at++;
        if (Peek == '0') at++;
        else Digits();
        if (at < text.Length && text[at] == '.')
        {
            at++;
            Digits();
        }
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            if (Peek is '+' or '-') at++;
            Digits();
        }
    }

    private void Digits()
    {
        if (!char.IsAsciiDigit(Peek)) throw new FormatException();
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
    }
}
