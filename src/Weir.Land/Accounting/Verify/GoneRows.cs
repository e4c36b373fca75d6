using Weir.DuckDb;
using Weir.Lake;

namespace Weir.Land.Accounting.Verify;

/// <summary>Marks what the ledger says to have left the lake: a row that is there all the same then has two fates.</summary>
internal static class GoneRows
{
    /// <param name="connection">Has the view <c>lake.ledger</c> and the table <c>parts(number, id, first, until)</c>.</param>
    /// <param name="ledger">The ledger as it is; one of an older Weir lacks the columns, and nothing had left then.</param>
    /// <param name="parts">The parts, by number.</param>
    public static void Mark(DuckDBConnection connection, TableDefinition ledger, IReadOnlyList<StreamPart> parts)
    {
        if (ledger.Columns.All(c => c.Name != "landed_runs")) return;
        using var rows = connection.Query("""
            SELECT p.number, coalesce(landed_runs, ''), coalesce(quarantined_runs, '') FROM lake.ledger l JOIN parts p ON p.id = l.stream AND l.to_position > p.first AND l.from_position < p.until
            WHERE landed_runs <> '' OR quarantined_runs <> ''
            """);
        while (rows.Read()) parts[rows.GetInt32(0)].Fates.AddGone(rows.GetString(1), rows.GetString(2));
    }
}
