using Weir.DuckDb;
using Weir.Lake;
using Weir.Storage;

namespace Weir.Tests.Lake;

/// <summary>A lake in a folder of its own, with a DuckDB beside it, and the shortest way to land some events.</summary>
internal sealed class TestLake : IDisposable
{
    private readonly bool ownsFolder;

    public TestLake(string? folder = null, IDisk? disk = null, int checkpointEvery = 100, TimeProvider? time = null)
    {
        ownsFolder = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("weir-lake-").FullName;
        Store = LakeStore.Open(new LakeOptions(Folder, checkpointEvery), disk ?? LocalDisk.Instance, time ?? TimeProvider.System);
        Db = new DuckDBConnection("Data Source=:memory:;threads=2");
        Db.Open();
        Db.Execute("SET TimeZone = 'UTC'");
    }

    public string Folder { get; }
    public LakeStore Store { get; }
    public DuckDBConnection Db { get; }

    /// <summary>One event a minute from 2026-03-01 00:30:00.1234567 UTC on (microseconds: .123456); the n-th at position n.</summary>
    public IReadOnlyList<AddFile> WriteEvents(string stream, long from, long to, string source = "web")
    {
        Db.Execute($"DROP TABLE IF EXISTS staging; {LakeTables.Events.CreateStagingSql("staging")}");
        Db.Execute($"""
            INSERT INTO staging BY NAME
            SELECT '{stream}-' || i AS event_id, '{source}' AS source, 'view' AS event, t AS client_time, t AS event_time, t AS received_at,
                   'secret@example.com' AS user_id, i * 1.25 AS revenue, '{stream}' AS _stream, i AS _position, t::DATE AS date, hour(t) AS hour
            FROM (SELECT i, TIMESTAMPTZ '2026-03-01 00:30:00.123456+00' + to_minutes(i) AS t FROM range({from}, {to}) r(i))
            """);
        return Store.Writer.Write(Db, "staging", LakeTables.Events, $"{stream}-{from}-{to}");
    }

    public RangeCommit Range(string stream, long from, long to, string source = "web", long? decidedAt = null) => new(
        [new StreamRange(stream, from, to)],
        [new LedgerRow(stream, source, from, to, new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc), "land", to - from, to - from, 0, 0, 0, 0)],
        new Dictionary<string, IReadOnlyList<AddFile>> { ["events"] = WriteEvents(stream, from, to, source) },
        decidedAt ?? Store.ReadSnapshot().LedgerVersion);

    public CommitOutcome Land(string stream, long from, long to, string source = "web") => Store.Commit(Range(stream, from, to, source));

    /// <summary>All events there are now in one file per partition, written, not committed: the shortest compaction.</summary>
    public LakeChange MergeEvents()
    {
        var snapshot = Store.ReadSnapshot();
        LakeViews.Create(Db, snapshot);
        Db.Execute($"DROP TABLE IF EXISTS merged; {LakeTables.Events.CreateStagingSql("merged")}; INSERT INTO merged SELECT * FROM lake.events");
        return Replace("events", snapshot["events"].Files.Values, [.. Store.Writer.Write(Db, "merged", LakeTables.Events, "merged").Select(a => a with { DataChange = false })]);
    }

    public static LakeChange Replace(string table, IEnumerable<AddFile> old, IReadOnlyList<AddFile> adds) => new(
        "OPTIMIZE", [], new Dictionary<string, IReadOnlyList<AddFile>> { [table] = adds },
        new Dictionary<string, IReadOnlyList<RemoveFile>> { [table] = [.. old.Select(f => new RemoveFile(f.Path, 1_772_330_000_123, false, true, f.PartitionValues, f.Size))] });

    public long Count(string sql = "SELECT count(*) FROM lake.events")
    {
        LakeViews.Create(Db, Store.ReadSnapshot());
        return Db.Scalar<long>(sql);
    }

    public string Log(string table, long version) => Path.Combine(Folder, table, "_delta_log", $"{version:D20}.json");

    public void Dispose()
    {
        Db.Dispose();
        Store.Dispose();
        if (ownsFolder) Directory.Delete(Folder, recursive: true);
    }
}
