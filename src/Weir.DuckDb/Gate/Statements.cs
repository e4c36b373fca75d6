namespace Weir.DuckDb.Gate;

/// <summary>Why a statement that is no SELECT is not for a query, by its first word.</summary>
internal static class Statements
{
    public static WeirException Refuse(string sql)
    {
        var text = new SqlText(sql);
        if (text.HasSeveral) return Refusals.SeveralStatements();
        return text.FirstWord switch
        {
            "" => Refusals.Nothing(),
            "SELECT" or "FROM" or "WITH" or "PIVOT" or "VALUES" or "TABLE" when text.HasPivot => Refusals.OpenPivot(),
            var word => Refusals.NotSelect(Reason(word)),
        };
    }

    private static string Reason(string word) => word switch
    {
        "COPY" or "EXPORT" or "IMPORT" => $"{word} reads and writes files. Use --format csv or json and redirect stdout to have rows in a file.",
        "ATTACH" or "DETACH" or "USE" => $"{word} reaches other databases.",
        "INSTALL" or "LOAD" or "UPDATE EXTENSIONS" => $"{word} brings foreign code into the program.",
        "SET" or "RESET" or "PRAGMA" => $"{word} changes settings that others share.",
        "CALL" or "EXECUTE" or "PREPARE" or "DEALLOCATE" => $"{word} runs what cannot be looked into beforehand.",
        "BEGIN" or "START" or "COMMIT" or "END" or "ROLLBACK" or "ABORT" => "a query has a transaction of its own.",
        "INSERT" or "UPDATE" or "DELETE" or "MERGE" or "TRUNCATE" => $"{word} changes rows.",
        "CREATE" or "DROP" or "ALTER" or "COMMENT" or "VACUUM" or "ANALYZE" or "CHECKPOINT" => $"{word} changes tables.",
        "EXPLAIN" => "EXPLAIN tells the files behind the tables.",
        _ => $"{word} is none.",
    };
}
