using Weir.DuckDb;
using Weir.Lake;

namespace Weir.Tests.Proof;

/// <summary>Reads from the lake what became of each ordinal, by SQL over the snapshot's views. One database for many seeds: opening one takes longer than asking it.</summary>
internal sealed class Found : IDisposable
{
    private readonly DuckDBConnection connection = new("Data Source=:memory:;threads=1");

    public Found()
    {
        connection.Open();
        connection.Execute("SET TimeZone = 'UTC'");
    }

    public Dictionary<(string Stream, long Position), List<Fate>> Read(Snapshot snapshot)
    {
        LakeViews.Create(connection, snapshot);
        var found = new Dictionary<(string, long), List<Fate>>();
        void Add(string stream, long position, Fate fate)
        {
            if (!found.TryGetValue((stream, position), out var fates)) found[(stream, position)] = fates = [];
            fates.Add(fate);
        }
        var rows = snapshot.Tables.ContainsKey("order_lines") ? "UNION ALL SELECT _stream, _position, 'row', NULL, NULL FROM lake.order_lines_history" : "";
        var sql = $"""
            SELECT _stream, _position, 'landed', NULL, event_id FROM lake.events
            UNION ALL SELECT _stream, _position, 'quarantined', reason, NULL FROM lake.quarantine {rows}
            """;
        foreach (var (stream, position, fate) in connection.Query(sql, r => (r.GetString(0), r.GetInt64(1), new Fate(r.GetString(2), Text(r, 3), Text(r, 4))))) Add(stream, position, fate);
        foreach (var (stream, runs) in connection.Query("SELECT stream, duplicate_runs FROM lake.ledger WHERE duplicate_runs <> ''", r => (r.GetString(0), r.GetString(1))))
        {
            foreach (var run in runs.Split(','))
            {
                var ends = run.Split('-').Select(long.Parse).ToArray();
                for (var at = ends[0]; at <= ends[^1]; at++) Add(stream, at, new Fate("duplicate"));
            }
        }
        return found;
    }

    public void Dispose() => connection.Dispose();

    private static string? Text(DuckDBDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
