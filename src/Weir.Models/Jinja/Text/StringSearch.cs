namespace Weir.Models.Jinja;

/// <summary>Splitting, replacing and finding in text.</summary>
internal static class StringSearch
{
    public static string Replace(string text, string old, string replacement, int count)
    {
        if (count < 0 && old.Length > 0)
            return text.Replace(old, replacement, StringComparison.Ordinal);
        if (old.Length == 0)
            return ReplaceEmpty(text, replacement, count < 0 ? int.MaxValue : count);
        var at = 0;
        for (; count > 0 && (at = text.IndexOf(old, at, StringComparison.Ordinal)) >= 0; count--)
        {
            text = text[..at] + replacement + text[(at + old.Length)..];
            at += replacement.Length;
        }
        return text;
    }

    /// <summary>Splits at a separator, or at white space when there is none, at most <paramref name="most"/> times from the left.</summary>
    public static List<object?> Split(string text, string? separator, int most)
    {
        if (separator is null)
            return SplitSpace(text, most);
        CheckSeparator(separator);
        return [.. most < 0 ? text.Split(separator) : text.Split(separator, most + 1)];
    }

    /// <summary>The same from the right.</summary>
    public static List<object?> SplitRight(string text, string? separator, int most)
    {
        if (most < 0)
            return Split(text, separator, most);
        var parts = new List<object?>();
        if (separator is null)
            text = text.TrimEnd();
        else
            CheckSeparator(separator);
        for (; most > 0; most--)
        {
            var at = separator is null ? LastSpace(text) : text.LastIndexOf(separator, StringComparison.Ordinal);
            if (at < 0)
                break;
            parts.Insert(0, text[(at + (separator?.Length ?? 1))..]);
            text = separator is null ? text[..at].TrimEnd() : text[..at];
        }
        if (separator is not null || text.Trim().Length > 0)
            parts.Insert(0, separator is null ? text.TrimStart() : text);
        return parts;
    }

    public static int CountOf(string text, string part)
    {
        if (part.Length == 0)
            return CodePoints.Count(text) + 1;
        var count = 0;
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal))
            count++;
        return count;
    }

    private static List<object?> SplitSpace(string text, int most)
    {
        var parts = new List<object?>();
        var rest = text.TrimStart();
        while (rest.Length > 0)
        {
            var end = 0;
            while (end < rest.Length && !char.IsWhiteSpace(rest[end]))
                end++;
            if (most >= 0 && parts.Count == most)
                end = rest.Length;
            parts.Add(end == rest.Length && most >= 0 && parts.Count == most ? rest : rest[..end]);
            rest = rest[end..].TrimStart();
        }
        return parts;
    }

    private static int LastSpace(string text)
    {
        for (var at = text.Length - 1; at >= 0; at--)
            if (char.IsWhiteSpace(text[at]) && text[..at].Trim().Length > 0)
                return at;
        return -1;
    }

    private static void CheckSeparator(string separator)
    {
        if (separator.Length == 0)
            throw new JinjaException(JinjaErrorKind.Value, "empty separator");
    }

    private static string ReplaceEmpty(string text, string replacement, int count)
    {
        var result = "";
        foreach (var part in CodePoints.Of(text))
            result += (count-- > 0 ? replacement : "") + part;
        return count > 0 ? result + replacement : result;
    }
}
