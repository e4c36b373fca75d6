using Weir.DuckDb;
using Weir.Lake.Delta;

namespace Weir.Lake.Ledgers;

/// <summary>The ledger's own rows, written and read through the lake's own engine.</summary>
internal sealed class LedgerFiles(Engine engine, ParquetWriter writer, TimeProvider time)
{
    private const string Staging = "ledger_rows";

    public IReadOnlyList<AddFile> Write(TableDefinition ledger, IReadOnlyList<LedgerRow> rows, string commitId) => rows.Count == 0 ? [] : engine.Use(connection =>
    {
        connection.Execute($"DROP TABLE IF EXISTS {Staging}; {LakeTables.Ledger.CreateStagingSql(Staging)}");
        var now = time.GetUtcNow().UtcDateTime;
        using (var appender = connection.CreateAppender(Staging))
        {
            foreach (var r in rows) Append(appender, r, now);
            appender.Close();
        }
        return writer.WriteInto(connection, Staging, ledger, LakeTables.Ledger, commitId);
    });

    public static IReadOnlyList<LedgerRow> Read(Engine engine, Snapshot snapshot)
    {
        var ledger = snapshot[LakeTables.Ledger.Name];
        using var held = LakeFiles.Hold(ledger, ledger.Files.Values);
        var present = ledger.Definition.Columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal); // an older Weir's ledger has fewer
        var columns = string.Join(", ", LakeTables.Ledger.Columns.Where(c => c.Name != "committed_at").Select(c => present.Contains(c.Name) ? Sql.Name(c.Name) : $"NULL::{c.SqlType}"));
        var sql = $"SELECT {columns} FROM ({LakeViews.SelectSql(ledger, ledger.Files.Values)}) ORDER BY stream, from_position, hour, movement";
        return engine.Use(connection => connection.Query(sql, r => new LedgerRow(
            r.GetString(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3), r.GetFieldValue<DateTime>(4), r.GetString(5),
            r.GetInt64(6), r.GetInt64(7), r.GetInt64(8), r.GetInt64(9), r.GetInt64(10), r.GetInt64(11),
            r.GetString(12), r.GetString(13), r.GetString(14), r.GetString(15), Text(r, 16), Text(r, 17), Text(r, 18), Text(r, 19))));
    }

    private static string Text(DuckDBDataReader row, int column) => row.IsDBNull(column) ? "" : row.GetString(column);

    private static void Append(DuckDBAppender appender, LedgerRow r, DateTime now) => appender
        .AppendValue(r.Stream).AppendValue(r.Source).AppendValue(r.From).AppendValue(r.To).AppendValue(r.Hour).AppendValue(r.Movement)
        .AppendValue(r.Received).AppendValue(r.Landed).AppendValue(r.Duplicate).AppendValue(r.Quarantined).AppendValue(r.Dropped).AppendValue(r.WithoutTime)
        .AppendValue(r.DroppedByReasonJson).AppendValue(r.DuplicateRuns).AppendValue(r.DroppedRuns).AppendValue(r.QuarantinedByReasonJson)
        .AppendValue(now).AppendValue(r.ChainHash).AppendValue(r.UndroppedRuns).AppendValue(r.LandedRuns).AppendValue(r.QuarantinedRuns).EndRow();
}
