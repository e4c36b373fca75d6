using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Weir.Land.Contracts.Schemas;

/// <summary>
/// A regular expression of ECMA-262 (with its <c>u</c> flag) as one of .NET's that takes linear time whatever text it meets. What cannot be said so is refused:
/// look-around, back references, word boundaries.
/// </summary>
internal sealed class EcmaPattern
{
    private const int LongestPattern = 1_000;
    private const int MostRepeats = 1_000;
    private const string AnySurrogate = @"\ud800-\udfff";
    private const string Pair = @"[\ud800-\udbff][\udc00-\udfff]";
    private const string WhiteSpace = @"\t\n\v\f\r \u00a0\ufeff\u2028\u2029\p{Zs}";
    private static readonly string[] Categories =
        ["L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp"];

    private readonly string pattern;
    private readonly StringBuilder output = new();
    private long repeats = 1;
    private int at;

    private EcmaPattern(string pattern) => this.pattern = pattern;

    /// <summary>Translates a pattern.</summary>
    /// <exception cref="FormatException">It is wrong, or uses what is refused; the message says what.</exception>
    public static Regex Compile(string pattern)
    {
        if (pattern.Length > LongestPattern) throw new FormatException($"is longer than {LongestPattern} characters");
        var text = new EcmaPattern(pattern).Translate();
        try
        {
            return new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new FormatException("is not a regular expression of ECMA-262 that can be matched in linear time", e);
        }
    }

    private string Translate()
    {
        while (at < pattern.Length)
        {
            switch (pattern[at])
            {
                case '\\': Escape(); break;
                case '[': Class(); break;
                case '(': Group(); break;
                case '{': Count(); break;
                case '.': Take(1, $@"(?:[^\n\r\u2028\u2029{AnySurrogate}]|{Pair})"); break;
                case '^': Take(1, @"\A"); break;
                case '$': Take(1, @"\z"); break;
                case '}' or ']': throw new FormatException($"has a '{pattern[at]}' without its opening; write \\{pattern[at]}");
                case '*' or '+' or '?' or '|' or ')': Take(1, pattern[at].ToString()); break;
                default: Literal(char.IsSurrogatePair(pattern, at) ? 2 : 1); break;
            }
        }
        return output.ToString();
    }

    private void Take(int length, string translated)
    {
        at += length;
        output.Append(translated);
    }

    private void Literal(int length) => Take(length, length == 2 ? $"(?:{pattern.Substring(at, 2)})" : Quoted(pattern[at]));

    private static string Quoted(char c) => char.IsAsciiLetterOrDigit(c) ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $@"\u{(int)c:x4}");

    private void Group()
    {
        if (at + 1 >= pattern.Length || pattern[at + 1] != '?')
        {
            Take(1, "(?:");
            return;
        }
        var rest = pattern.AsSpan(at + 2);
        if (rest.StartsWith(":")) Take(3, "(?:");
        else if (rest.StartsWith("<") && !rest.StartsWith("<=") && !rest.StartsWith("<!") && rest.IndexOf('>') is > 1 and var end) Take(3 + end, "(?:");
        else throw new FormatException("looks ahead or behind, or sets options, which linear time does not allow");
    }

    private void Count()
    {
        var match = Regex.Match(pattern[at..], @"\A\{(\d{1,4})(,(\d{1,4})?)?\}");
        if (!match.Success) throw new FormatException(@"has a '{' that begins no count such as {2,5}; write \{");
        var most = int.Parse(match.Groups[match.Groups[3].Success ? 3 : 1].Value, CultureInfo.InvariantCulture);
        repeats *= Math.Max(1, most);
        if (repeats > MostRepeats) throw new FormatException($"repeats more than {MostRepeats} times, all counts multiplied; write +, * or maxLength");
        Take(match.Length, match.Value);
    }

    private void Escape()
    {
        if (at + 1 >= pattern.Length) throw new FormatException("ends with a \\");
        switch (pattern[at + 1])
        {
            case 'd': Take(2, "[0-9]"); break;
            case 'w': Take(2, "[a-zA-Z0-9_]"); break;
            case 's': Take(2, $"[{WhiteSpace}]"); break;
            case 'D': Take(2, Excluded("0-9")); break;
            case 'W': Take(2, Excluded("a-zA-Z0-9_")); break;
            case 'S': Take(2, Excluded(WhiteSpace)); break;
            case 'p': Take(0, $"[{Category()}]"); break;
            case 'P': Take(0, Excluded(Category())); break;
            default: Take(0, Quoted(Character())); break;
        }
    }

    private static string Excluded(string characters) => $"(?:[^{characters}{AnySurrogate}]|{Pair})";

    /// <summary>A class: what it holds is rewritten, and a negated one holds whole characters, also those of two code units.</summary>
    private void Class()
    {
        at++;
        var negated = at < pattern.Length && pattern[at] == '^';
        if (negated) at++;
        var inside = new StringBuilder();
        while (at < pattern.Length && pattern[at] != ']')
        {
            if (char.IsSurrogate(pattern[at])) throw new FormatException("has a character beyond U+FFFF in a class; write it as an alternative");
            if (pattern[at] == '\\') inside.Append(InClass());
            else if (pattern[at] == '-' && inside.Length > 0 && at + 1 < pattern.Length && pattern[at + 1] != ']') inside.Append(pattern[at++]);
            else inside.Append(Quoted(pattern[at++]));
        }
        if (at++ >= pattern.Length) throw new FormatException("has a class without its ']'");
        if (inside.Length == 0) throw new FormatException("has an empty class");
        output.Append(negated ? Excluded(inside.ToString()) : $"[{inside}]");
    }

    private string InClass()
    {
        var next = at + 1 < pattern.Length ? pattern[at + 1] : '\0';
        if (next == 'p') return Category();
        var shorthand = next switch { 'd' => "0-9", 'w' => "a-zA-Z0-9_", 's' => WhiteSpace, _ => null };
        if (shorthand is not null)
        {
            at += 2;
            return shorthand;
        }
        if (next is 'D' or 'W' or 'S' or 'P') throw new FormatException($@"has \{next} in a class; write the characters that are allowed");
        return next == 'b' ? throw new FormatException(@"has \b in a class") : Quoted(Character());
    }

    private string Category()
    {
        var match = Regex.Match(pattern[at..], @"\A\\[pP]\{(?:General_Category=|gc=)?([A-Za-z_]+)\}");
        var name = match.Groups[1].Value switch { "Letter" => "L", "Uppercase_Letter" => "Lu", "Lowercase_Letter" => "Ll", "Number" => "N", "Decimal_Number" => "Nd", var other => other };
        if (!Categories.Contains(name)) throw new FormatException(@"names a property that is not a general category such as \p{L} or \p{Nd}");
        at += match.Length;
        return $@"\p{{{name}}}";
    }

    /// <summary>An escape that stands for one character.</summary>
    private char Character()
    {
        var match = Regex.Match(pattern[at..], @"\A\\(?:([tnvfr])|(0)(?![0-9])|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{0*([0-9A-Fa-f]{1,4})\}|c([A-Za-z])|([\^$\\.*+?()\[\]{}|/-]))");
        if (!match.Success) throw new FormatException($@"has the escape \{pattern[at + 1]}, which is refused or unknown");
        at += match.Length;
        var (kind, text) = Enumerable.Range(1, 7).Select(i => (i, match.Groups[i])).Where(g => g.Item2.Success).Select(g => (g.i, g.Item2.Value)).First();
        var found = kind switch
        {
            1 => "\t\n\v\f\r"["tnvfr".IndexOf(text[0], StringComparison.Ordinal)],
            2 => '\0',
            3 or 4 or 5 => (char)int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            6 => (char)(text[0] % 32),
            _ => text[0],
        };
        return char.IsSurrogate(found) ? throw new FormatException("has half of a character as an escape; write the character itself") : found;
    }
}
