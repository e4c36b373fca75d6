using System.Collections.Immutable;
using Weir.Accounting;
using Weir.DuckDb;
using Weir.Lake;

namespace Weir.Land.Accounting.Verify;

/// <summary>
/// Proves from the lake's files that each landed ordinal has exactly one fate. One pass over the files' positions marks a bit per ordinal; where there are
/// more ordinals than one pass may hold, several passes are made.
/// </summary>
internal sealed class LakeProof(Snapshot snapshot, VerifyScope scope, VerifyOptions options, LakeTrouble trouble, FaultList faults, Action<double> progress)
{
    private const int FilesAtOnce = 400;
    private readonly Dictionary<string, List<FileFacts>> files = new(StringComparer.Ordinal); // by table
    private List<StreamPart> parts = [];

    public IReadOnlyList<LedgerStream> Run(CancellationToken cancellationToken)
    {
        var named = snapshot[LakeTables.Ledger.Name];
        var ledger = named with { Files = named.Files.Where(f => trouble.IsThere(named, FileFacts.Read(named, f.Value))).ToImmutableDictionary(StringComparer.Ordinal) };
        try
        {
            return Run(ledger, cancellationToken);
        }
        catch (DuckDBException e) when (ledger.Files.Values.Any(f => LakeFiles.LengthOf(ledger, f) is null))
        {
            throw new LakeMovedException(isFault: false, e);
        }
    }

    private IReadOnlyList<LedgerStream> Run(TableSnapshot ledger, CancellationToken cancellationToken)
    {
        foreach (var table in snapshot.Tables.Values.Where(t => t.Definition.Name != LakeTables.Ledger.Name))
            files[table.Definition.Name] = [.. table.Files.Values.Select(f => FileFacts.Read(table, f)).Where(f => f.IsIn(scope) && trouble.IsThere(table, f))];
        using var connection = Open();
        Show(connection, ledger);
        var streams = LedgerView.Streams(connection, snapshot, scope);
        connection.Execute("CREATE TABLE parts (number INTEGER, id VARCHAR, first BIGINT, until BIGINT)");
        var passes = Plan(connection, streams);
        for (var pass = 0; pass < passes.Count; pass++)
        {
            var number = pass;
            Begin(connection, passes[pass]);
            parts = [.. passes[pass].Select(p => new StreamPart(p.Stream, new Fates(p.From, p.To)))];
            foreach (var table in files.Keys.Order(StringComparer.Ordinal))
                Scan(connection, snapshot[table], countRows: pass == 0, part => progress((number + part) / passes.Count), cancellationToken);
            GoneRows.Mark(connection, ledger.Definition, parts);
            new LedgerRows(parts, ledger.Folder, trouble.LostFile, faults).Check(connection);
        }
        if (scope is { IsWhole: true, Source: null }) FindStrangers(connection, streams, cancellationToken);
        return streams;
    }

    private DuckDBConnection Open()
    {
        var connection = new DuckDBConnection($"Data Source=:memory:;memory_limit={options.DuckDbMemory};temp_directory={options.TemporaryFolder};preserve_insertion_order=false");
        connection.Open();
        connection.Execute("SET TimeZone = 'UTC'");
        return connection;
    }

    private List<List<(LedgerStream Stream, long From, long To)>> Plan(DuckDBConnection connection, IReadOnlyList<LedgerStream> streams)
    {
        var passes = new List<List<(LedgerStream, long, long)>> { new() };
        var free = options.OrdinalsAtOnce;
        foreach (var stream in streams)
        {
            for (var from = stream.From; from < stream.To;)
            {
                var to = LedgerView.PassEnd(connection, stream, from, options.OrdinalsAtOnce);
                if (to - from > free && passes[^1].Count > 0) (passes, free) = ([.. passes, []], options.OrdinalsAtOnce);
                passes[^1].Add((stream, from, to));
                (free, from) = (free - (to - from), to);
            }
        }
        return passes;
    }

    private static void Begin(DuckDBConnection connection, List<(LedgerStream Stream, long From, long To)> pass)
    {
        connection.Execute("TRUNCATE parts");
        using var appender = connection.CreateAppender("parts");
        for (var i = 0; i < pass.Count; i++) appender.AppendValue(i).AppendValue(pass[i].Stream.Id).AppendValue(pass[i].From).AppendValue(pass[i].To).EndRow();
        appender.Close();
    }

    private void Scan(DuckDBConnection connection, TableSnapshot table, bool countRows, Action<double> done, CancellationToken cancellationToken)
    {
        var isQuarantine = table.Definition.Name == LakeTables.Quarantine.Name;
        foreach (var batch in files[table.Definition.Name].Chunk(FilesAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var held = LakeFiles.Hold(table, batch.Select(f => f.Add));
            try
            {
                if (countRows) trouble.CompareRows(connection, table, batch);
                foreach (var (number, position) in Positions(connection, table, batch, "SELECT p.number, t._position FROM {0} t JOIN parts p ON p.id = t._stream AND t._position >= p.first AND t._position < p.until"))
                {
                    if (isQuarantine) parts[number].Fates.AddQuarantined(position);
                    else parts[number].Fates.AddLanded(position);
                }
            }
            catch (DuckDBException e)
            {
                throw trouble.Explain(connection, table, batch, e);
            }
            done(Done(table, batch));
        }
    }

    private double Done(TableSnapshot table, FileFacts[] batch)
    {
        var all = files.OrderBy(f => f.Key, StringComparer.Ordinal).SelectMany(f => f.Value).ToList();
        return all.Count == 0 ? 1 : (all.IndexOf(batch[^1]) + 1.0) / all.Count;
    }

    /// <summary>Rows whose stream the ledger does not know, or which it has not landed yet.</summary>
    private void FindStrangers(DuckDBConnection connection, IReadOnlyList<LedgerStream> streams, CancellationToken cancellationToken)
    {
        Begin(connection, [.. streams.Select(s => (s, 0L, s.To))]);
        foreach (var name in files.Keys)
        {
            foreach (var batch in files[name].Chunk(FilesAtOnce))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var held = LakeFiles.Hold(snapshot[name], batch.Select(f => f.Add));
                foreach (var (id, count, first, last) in Strangers(connection, snapshot[name], batch))
                    faults.Add("stranger", new VerifyFault(id, streams.FirstOrDefault(s => s.Id == id)?.Source ?? "", first, last + 1, snapshot[name].Folder,
                        $"the table has {count} rows that the ledger has not landed", "Take the lake back to a copy from before they came"));
            }
        }
    }

    private IReadOnlyList<(string Id, long Count, long First, long Last)> Strangers(DuckDBConnection connection, TableSnapshot table, FileFacts[] batch)
    {
        try
        {
            return connection.Query($"""
                SELECT t._stream, count(*), min(t._position), max(t._position) FROM {View(connection, table, batch)} t LEFT JOIN parts p ON p.id = t._stream
                WHERE p.id IS NULL OR t._position < 0 OR t._position >= p.until GROUP BY t._stream
                """, r => (r.IsDBNull(0) ? "" : r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3)));
        }
        catch (DuckDBException e)
        {
            throw trouble.Explain(connection, table, batch, e);
        }
    }

    private static IEnumerable<(int Number, long Position)> Positions(DuckDBConnection connection, TableSnapshot table, FileFacts[] batch, string sql)
    {
        using var command = connection.CreateCommand();
        command.UseStreamingMode = true;
        command.CommandText = string.Format(null, sql, View(connection, table, batch));
        using var rows = command.ExecuteReader();
        while (rows.Read()) yield return (rows.GetInt32(0), rows.GetInt64(1));
    }

    private static string View(DuckDBConnection connection, TableSnapshot table, FileFacts[] batch)
    {
        Show(connection, table with { Files = batch.ToImmutableDictionary(f => f.Add.Path, f => f.Add, StringComparer.Ordinal) });
        return $"lake.{Sql.Name(table.Definition.Name + (table.Definition.IsEntity ? "_history" : ""))}";
    }

    private static void Show(DuckDBConnection connection, TableSnapshot table) => LakeViews.Create(
        connection, new Snapshot(0, new Dictionary<string, TableSnapshot> { [table.Definition.Name] = table }, new Dictionary<string, long>()));
}
