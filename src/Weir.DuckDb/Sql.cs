using System.Text;

namespace Weir.DuckDb;

/// <summary>Names and texts inside SQL.</summary>
public static class Sql
{
    /// <summary>A name, quoted.</summary>
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text, quoted.</summary>
    public static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A file's path where DuckDB takes a pattern: <c>* ? [</c> stand for themselves.</summary>
    public static string FilePattern(string path) => Text(Pattern(path));

    /// <summary>The same, not quoted.</summary>
    public static string Pattern(string path)
    {
        if (path.AsSpan().IndexOfAny('*', '?', '[') < 0) return path;
        var escaped = new StringBuilder();
        foreach (var c in path) escaped.Append(c is '*' or '?' or '[' ? $"[{c}]" : c.ToString());
        return escaped.ToString();
    }
}
