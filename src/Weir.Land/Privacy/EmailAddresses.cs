using System.Text;

namespace Weir.Land.Privacy;

/// <summary>E-mail addresses within a text, <c>%40</c> for the at sign among them, as in the query of a page's address.</summary>
internal static class EmailAddresses
{
    private const string Escaped = "%40";

    /// <summary>The text with each address replaced; the same instance where there is none.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="replace">Gives what stands for an address.</param>
    public static string Replace(string text, Func<string, string> replace)
    {
        StringBuilder? changed = null;
        var copied = 0;
        for (var from = 0; Next(text, from) is { } sign; from = sign.End)
        {
            var (start, end) = (sign.At, sign.End);
            while (start > copied && IsLocal(text[start - 1])) start--;
            while (end < text.Length && IsDomain(text[end])) end++;
            while (end > sign.End && text[end - 1] is '.' or '-') end--;
            if (start == sign.At || !HasTopLevel(text.AsSpan(sign.End, end - sign.End))) continue;
            changed ??= new StringBuilder(text.Length);
            changed.Append(text, copied, start - copied).Append(replace($"{text[start..sign.At]}@{text[sign.End..end]}"));
            copied = end;
        }
        return changed?.Append(text, copied, text.Length - copied).ToString() ?? text;
    }

    private static (int At, int End)? Next(string text, int from)
    {
        var (plain, escaped) = (text.IndexOf('@', from), text.IndexOf(Escaped, from, StringComparison.Ordinal));
        if (escaped >= 0 && (plain < 0 || escaped < plain)) return (escaped, escaped + Escaped.Length);
        return plain < 0 ? null : (plain, plain + 1);
    }

    private static bool IsLocal(char c) => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '+' or '%' or '\'';

    private static bool IsDomain(char c) => char.IsLetterOrDigit(c) || c is '.' or '-';

    /// <summary>A version behind an at sign has none: <c>package@1.2.3</c>.</summary>
    private static bool HasTopLevel(ReadOnlySpan<char> domain)
    {
        var dot = domain.LastIndexOf('.');
        if (dot <= 0 || domain.Length - dot <= 2) return false;
        foreach (var c in domain[(dot + 1)..])
            if (!char.IsLetter(c)) return false;
        return true;
    }
}
