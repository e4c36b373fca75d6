using Weir.DuckDb;
using Weir.Models.Context;
using Weir.Models.Graph;

namespace Weir.Models.Materialize.Changes;

/// <summary>
/// What the warehouse remembers of changes, in schema <c>weir</c>: <c>reads</c> (which version of an input each model was last published from), <c>versions</c> (of each
/// relation that some model reads by its changes), <c>lake_marks</c> (what the lake wants to be asked with, by version) and for each of those relations a table with the rows that came and went. The publishing transaction writes all of it.
/// </summary>
internal sealed class ChangeLog
{
    private const string Definition = """
        create schema if not exists weir;
        create table if not exists weir.reads (reader varchar, input varchar, version bigint);
        create table if not exists weir.lake_marks (version bigint, mark varchar);
        create table if not exists weir.versions (relation varchar, version bigint, known_from bigint);
        """;

    private readonly Dictionary<(string Reader, string Input), long> reads = [];
    private readonly Dictionary<long, string> marks = [];
    private readonly Dictionary<string, (long Version, long KnownFrom)> versions = [];

    /// <summary>Reads what is remembered; nothing is made in a warehouse that has none of it yet.</summary>
    public static ChangeLog Load(Warehouse warehouse)
    {
        var log = new ChangeLog();
        if (!warehouse.Relations().ContainsKey("weir.lake_marks"))
            return log;
        foreach (var (reader, input, version) in warehouse.Query("select reader, input, version from weir.reads", row => (row.GetString(0), row.GetString(1), row.GetInt64(2))))
            log.reads[(reader, input)] = version;
        foreach (var (relation, version, from) in warehouse.Query("select relation, version, known_from from weir.versions", row => (row.GetString(0), row.GetInt64(1), row.GetInt64(2))))
            log.versions[relation] = (version, from);
        foreach (var (version, mark) in warehouse.Query("select version, mark from weir.lake_marks", row => (row.GetInt64(0), row.GetString(1))))
            log.marks[version] = mark;
        return log;
    }

    /// <summary>Forgets everything, because tables are about to change without a record: every reader reads all the next time.</summary>
    public static void Forget(Warehouse warehouse)
    {
        Run.RecordedVars.Forget(warehouse);
        if (warehouse.Relations().ContainsKey("weir.reads"))
            warehouse.Execute("delete from weir.reads; delete from weir.versions");
    }

    public long? LastRead(string reader, string input) => reads.TryGetValue((reader, input), out var version) ? version : null;

    /// <summary>What to ask the lake with about what came after a version that was read; null when that is not kept.</summary>
    public string? MarkOf(long version) => marks.GetValueOrDefault(version);

    /// <summary>Whether a reader asks for the relation's changes.</summary>
    public bool IsWatched(string relation) => versions.ContainsKey(relation);

    /// <summary>The relation's version as published; null when it is not known what changed since <paramref name="version"/>.</summary>
    public long? KnownSince(string relation, long version) => versions.TryGetValue(relation, out var known) && version >= known.KnownFrom ? known.Version : null;

    /// <summary>The table with the changes of a relation.</summary>
    public static string TableOf(string relation) => new RelationValue(null, "weir", "changes of " + relation).ToString();

    public static void Create(Warehouse warehouse) => warehouse.Execute(Definition + Run.RecordedVars.Definition);

    /// <summary>Notes a published version, inside the publishing transaction.</summary>
    /// <param name="changes">The table with the rows, when the kind is Rows.</param>
    public void Publish(Warehouse warehouse, string relation, ChangeKind kind, string changes)
    {
        var table = TableOf(relation);
        if (!versions.TryGetValue(relation, out var known) || kind is ChangeKind.None or ChangeKind.NotAsked)
            return;
        var next = known.Version + 1;
        versions[relation] = (next, kind == ChangeKind.Rows ? known.KnownFrom : next);
        if (kind == ChangeKind.Rows && warehouse.Query("select 1 from duckdb_tables() where schema_name = 'weir' and table_name = ?", row => 1, "changes of " + relation).Count > 0)
            warehouse.Execute($"insert into {table} select *, {next} from {changes}");
        else if (kind == ChangeKind.Rows)
            warehouse.Execute($"create table {table} as select *, {next}::bigint as weir_version from {changes}");
        else
            warehouse.Execute($"drop table if exists {table}");
        warehouse.Execute("update weir.versions set version = ?, known_from = ? where relation = ?", next, versions[relation].KnownFrom, relation);
    }

    /// <summary>Notes what a published model was made from, after every relation of the build has its version.</summary>
    public void Write(Warehouse warehouse, string reader, IEnumerable<InputRead> inputs)
    {
        warehouse.Execute("delete from weir.reads where reader = ?", reader);
        foreach (var read in inputs.Distinct())
        {
            if (read.Version is null && versions.TryAdd(read.Input, (0, 0)))
                warehouse.Execute("insert into weir.versions values (?, 0, 0)", read.Input);
            warehouse.Execute("insert into weir.reads values (?, ?, ?)", reader, read.Input, read.Version ?? versions[read.Input].Version);
        }
    }

    /// <summary>Keeps the mark of the lake's version that this build read.</summary>
    public static void Keep(Warehouse warehouse, long version, string mark)
    {
        warehouse.Execute("delete from weir.lake_marks where version = ?", version);
        warehouse.Execute("insert into weir.lake_marks values (?, ?)", version, mark);
    }

    /// <summary>Removes what no reader will ask for again.</summary>
    public void Prune(Warehouse warehouse, NodeGraph graph)
    {
        foreach (var reader in warehouse.Query("select distinct reader from weir.reads", row => row.GetString(0)).Where(reader => !graph.Contains(reader)))
            warehouse.Execute("delete from weir.reads where reader = ?", reader);
        warehouse.Execute("delete from weir.lake_marks where version not in (select version from weir.reads where starts_with(input, 'source '))");
        var tables = warehouse.Query("select table_name from duckdb_tables() where schema_name = 'weir' and starts_with(table_name, 'changes of ')", row => row.GetString(0)).ToHashSet();
        var oldest = warehouse.Query("select input, min(version) from weir.reads group by input", row => (Input: row.GetString(0), Version: row.GetInt64(1))).ToDictionary(row => row.Input, row => row.Version);
        foreach (var relation in versions.Keys.ToList())
        {
            var table = tables.Contains("changes of " + relation);
            if (!oldest.TryGetValue(relation, out var version))
            {
                versions.Remove(relation);
                warehouse.Execute("delete from weir.versions where relation = ?", relation);
                if (table)
                    warehouse.Execute($"drop table {TableOf(relation)}");
            }
            else if (table)
            {
                warehouse.Execute($"delete from {TableOf(relation)} where weir_version <= ?", version);
            }
        }
    }
}
