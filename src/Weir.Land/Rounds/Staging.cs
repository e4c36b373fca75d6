using Weir.DuckDb;
using Weir.Lake;
using Weir.Land.Evaluate;
using Weir.Land.Fast.Columns;
using Weir.Sources;

namespace Weir.Land.Rounds;

/// <summary>The rows of a round on their way into Parquet files: events as they lie in their blocks, all others in tables of a DuckDB in memory that spills to disk beyond its limit.</summary>
internal sealed class Staging : IDisposable
{
    private readonly DuckDBConnection connection;
    private readonly Dictionary<string, Table> tables = new(StringComparer.Ordinal);
    private readonly List<DuckDBConnection> writers;
    private EventBlock? loose;
    private int looseRows;

    public Staging(string memoryLimit, string folder, long lease, int threads = 1)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true); // rows that an earlier lander had spilled
        var temporaryFolder = Directory.CreateDirectory(Path.Combine(folder, $"{lease}")).FullName;
        connection = new DuckDBConnection($"Data Source=:memory:;memory_limit={memoryLimit};temp_directory={temporaryFolder};preserve_insertion_order=false");
        connection.Open();
        connection.Execute("SET TimeZone='UTC'");
        RowScan.Enable(connection);
        writers = [connection, .. Enumerable.Range(1, threads - 1).Select(_ => connection.Duplicate())];
        Events = new EventStore(Blocks);
    }

    public DuckDBConnection Connection => connection;

    /// <summary>Where events are read into.</summary>
    public EventBlocks Blocks { get; } = new();

    /// <summary>Those that land.</summary>
    public EventStore Events { get; }

    /// <summary>An event that was not read into a block of its own.</summary>
    public void AddEvent(EventRow row)
    {
        if (loose is null || looseRows == EventBlock.Capacity)
        {
            (loose, looseRows) = (Blocks.Rent(), 0);
            loose.Begin();
        }
        loose.Put(looseRows, row);
        Events.Add(loose, looseRows++, row.Source);
    }

    /// <summary>Takes back the blocks of a batch of which nothing lands.</summary>
    public void Done(Batch batch)
    {
        if (batch.Block.Place < 0) Blocks.Return(batch.Block);
    }

    public void AddEntity(SourceDefinition source, EntityRow row, in Arrival arrival)
    {
        var to = For(tables.TryGetValue(source.Entity!, out var known) ? known.Definition : LakeTables.Entity(source));
        foreach (var value in row.Values) EntityAppends.Append(to, value);
        to.AppendValue(arrival.ReceivedAt);
        to.AppendValue(arrival.Stream.Id);
        to.AppendValue(arrival.Position);
        to.AppendValue(arrival.Stream.Source);
        to.AppendValue(DateOnly.FromDateTime(arrival.ReceivedAt));
        to.EndRow();
    }

    public void AddQuarantined(in Arrival arrival, Verdict.Quarantined why, byte[] sealedBytes, byte[] sealedEnvelope)
    {
        var to = For(LakeTables.Quarantine);
        to.AppendValue(arrival.Stream.Source);
        to.AppendValue(why.Reason);
        to.AppendValue(why.Detail);
        to.AppendValue(why.EventId?.ToString("D"));
        to.AppendValue(why.EventName);
        to.AppendValue(why.ClientTime);
        to.AppendValue(arrival.ReceivedAt);
        to.AppendValue(arrival.Stream.Id);
        to.AppendValue(arrival.Position);
        to.AppendValue(arrival.Line);
        to.AppendValue(arrival.File);
        to.AppendValue((long)arrival.Bytes.Length);
        to.AppendValue(sealedBytes);
        to.AppendValue(DateOnly.FromDateTime(arrival.ReceivedAt));
        to.AppendValue(arrival.Frame.Dialect);
        to.AppendValue(sealedEnvelope);
        to.EndRow();
    }

    /// <summary>The rows added since the last call, as files of the lake that no commit names yet. Staging is empty afterwards.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<AddFile>> Write(ParquetWriter writer, string rangeName)
    {
        var files = new Dictionary<string, IReadOnlyList<AddFile>>(StringComparer.Ordinal);
        if (Events.Parts(writers.Count) is { Count: > 0 } parts) files[LakeTables.Events.Name] = writer.Write(writers, parts, LakeTables.Events, rangeName);
        foreach (var (name, table) in tables)
        {
            table.Appender.Close();
            files[name] = writer.Write(connection, name, table.Definition, rangeName);
        }
        Clear();
        return files;
    }

    /// <summary>Throws away what was added.</summary>
    public void Clear()
    {
        foreach (var (name, table) in tables)
        {
            table.Appender.Dispose();
            connection.Execute($"DROP TABLE \"{name}\"");
        }
        tables.Clear();
        Events.Clear();
        loose = null;
    }

    public void Dispose()
    {
        foreach (var table in tables.Values) table.Appender.Dispose();
        foreach (var writer in writers) writer.Dispose();
        Events.Dispose();
        Blocks.Dispose();
    }

    private DuckDBAppender For(TableDefinition definition)
    {
        if (tables.TryGetValue(definition.Name, out var table)) return table.Appender;
        connection.Execute(definition.CreateStagingSql(definition.Name));
        table = new Table(definition, connection.CreateAppender(null, definition.Name));
        tables.Add(definition.Name, table);
        return table.Appender;
    }

    private sealed record Table(TableDefinition Definition, DuckDBAppender Appender);
}
