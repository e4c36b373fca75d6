namespace Weir.DuckDb.Gate;

/// <summary>What can be said of SQL text that the parser does not serialise: its first word, and whether it has several statements. For sentences to people only, never to decide.</summary>
internal readonly ref struct SqlText
{
    public SqlText(string sql)
    {
        FirstWord = "";
        var ended = false;
        for (var i = 0; i < sql.Length;)
        {
            var next = SkipBlank(sql, i);
            if (next > i)
            {
                i = next;
                continue;
            }
            if (sql[i] == ';') ended = FirstWord.Length > 0;
            else if (ended) HasSeveral = true;
            if (char.IsLetter(sql[i]))
            {
                var start = i;
                while (i < sql.Length && (char.IsLetterOrDigit(sql[i]) || sql[i] == '_')) i++;
                var word = sql[start..i].ToUpperInvariant();
                if (FirstWord.Length == 0) FirstWord = word;
                if (word == "PIVOT") HasPivot = true;
                continue;
            }
            i = sql[i] is '\'' or '"' ? SkipQuoted(sql, i) : i + 1;
        }
    }

    /// <summary>In capitals; empty where there is none.</summary>
    public string FirstWord { get; }

    public bool HasSeveral { get; }

    public bool HasPivot { get; }

    private static int SkipBlank(string sql, int at)
    {
        if (char.IsWhiteSpace(sql[at])) return at + 1;
        if (sql.AsSpan(at).StartsWith("--")) return EndOf(sql, at, "\n");
        return sql.AsSpan(at).StartsWith("/*") ? EndOf(sql, at + 2, "*/") : at;
    }

    private static int SkipQuoted(string sql, int at) => EndOf(sql, at + 1, sql[at].ToString());

    private static int EndOf(string sql, int from, string end) => sql.IndexOf(end, from, StringComparison.Ordinal) is var found and >= 0 ? found + end.Length : sql.Length;
}
