using System.Runtime.ExceptionServices;
using Weir.DuckDb;
using Weir.Lake.Delta;
using Weir.Lake.Writing;
using Weir.Storage;

namespace Weir.Lake;

/// <summary>
/// Writes a staging table's rows, or a program's, as a table's data files, one per partition (a very large partition may get several), zstd, all synced:
/// <c>&lt;partition&gt;=&lt;value&gt;/…/&lt;range&gt;-&lt;random&gt;.parquet</c>. A name is never written twice.
/// </summary>
public sealed class ParquetWriter
{
    private readonly string lake;
    private readonly TableSet tables;
    private readonly ILakeDisk disk;
    private readonly TimeProvider time;
    private readonly RowsOut rowsOut = new();

    internal ParquetWriter(string lake, TableSet tables, ILakeDisk disk, TimeProvider time) =>
        (this.lake, this.tables, this.disk, this.time) = (lake, tables, disk, time);

    /// <summary>Writes the files of one range; they count once a commit names them.</summary>
    /// <param name="connection">Where the staging table is; its session's settings (threads, memory) rule the writing.</param>
    /// <param name="stagingTable">A table that has at least the definition's columns, by name (<see cref="TableDefinition.CreateStagingSql"/>).</param>
    /// <param name="definition">The table to write for; it is made, or given the columns it lacks, if need be.</param>
    /// <param name="rangeName">Becomes part of the names; anything but letters, digits, <c>-</c> and <c>.</c> turns into <c>_</c>.</param>
    /// <returns>One per file; none for an empty staging table.</returns>
    /// <exception cref="WeirException">WEIR6006: the definition contradicts the table's columns.</exception>
    public IReadOnlyList<AddFile> Write(DuckDBConnection connection, string stagingTable, TableDefinition definition, string rangeName) =>
        WriteInto(connection, stagingTable, tables.Ensure(definition), definition, rangeName);

    internal IReadOnlyList<AddFile> WriteInto(DuckDBConnection connection, string stagingTable, TableDefinition table, TableDefinition declared, string rangeName)
    {
        var folder = Path.Combine(lake, table.Name);
        var partitions = PartitionStats.Read(connection, stagingTable, table);
        if (partitions.Count == 0) return [];
        if (!disk.IsLocal) disk.CreateFolder(folder); // the table may be there, and was made on another machine
        var files = CopyOut.Run(connection, stagingTable, table, declared, folder, Safe(rangeName), [.. partitions.Values]);
        SyncAll(folder, files);

        var perPartition = files.GroupBy(f => f.Partition, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        return [.. files.Select(f =>
        {
            var partition = partitions[f.Partition];
            var isWhole = perPartition[f.Partition] == 1;
            return Add(table, folder, f, partition.Values, partition.ToJson(isWhole ? partition.Rows : CopyOut.CountRows(connection, Path.Combine(folder, f.Path)), isWhole));
        })];
    }

    /// <summary>Writes rows that a program holds, a file for each part, several at a time; they count once a commit names them.</summary>
    /// <param name="connections">To one database that is ready for scans (<see cref="RowScan.Enable"/>); each writes one file at a time.</param>
    /// <param name="parts">The rows; several may be of one partition.</param>
    /// <param name="definition">The table to write for; it is made, or given the columns it lacks, if need be.</param>
    /// <param name="rangeName">Becomes part of the names, as above.</param>
    /// <exception cref="WeirException">WEIR6006: the definition contradicts the table's columns.</exception>
    public IReadOnlyList<AddFile> Write(IReadOnlyList<DuckDBConnection> connections, IReadOnlyList<IPartitionRows> parts, TableDefinition definition, string rangeName)
    {
        if (parts.Count == 0) return [];
        var table = tables.Ensure(definition);
        var folder = Path.Combine(lake, table.Name);
        var written = rowsOut.Run(connections, parts, table, definition, folder, Safe(rangeName));
        SyncAll(folder, [.. written.Select(w => w.File)]);
        return [.. written.Select(w => Add(table, folder, w.File, w.Stats.Values, w.Stats.ToJson(w.Stats.Rows, isWholePartition: true)))];
    }

    private AddFile Add(TableDefinition table, string folder, WrittenFile file, IReadOnlyDictionary<string, string?> partition, string stats)
    {
        var tags = new Dictionary<string, string?> { [LakeViews.ColumnsTag] = table.DataColumns.Count().ToString() };
        return new AddFile(LogPaths.Encode(file.Path), partition, new FileInfo(Path.Combine(folder, file.Path)).Length, time.GetUtcNow().ToUnixTimeMilliseconds(), true, stats, tags);
    }

    /// <summary>DuckDB syncs nothing. Every new folder on the way to a file must be durable as well as the file.</summary>
    private void SyncAll(string folder, IReadOnlyList<WrittenFile> files)
    {
        InParallel(files, f => disk.SyncFile(Path.Combine(folder, f.Path)));
        var folders = new HashSet<string>(StringComparer.Ordinal) { folder };
        foreach (var file in files)
            for (var at = Path.GetDirectoryName(file.Path); !string.IsNullOrEmpty(at); at = Path.GetDirectoryName(at)) folders.Add(Path.Combine(folder, at));
        InParallel(folders, disk.SyncFolder);
    }

    /// <summary>The disk joins syncs that wait together. One failure fails all.</summary>
    private static void InParallel<T>(IEnumerable<T> items, Action<T> sync)
    {
        try { Parallel.ForEach(items, new ParallelOptions { MaxDegreeOfParallelism = 8 }, sync); }
        catch (AggregateException e) { ExceptionDispatchInfo.Throw(e.InnerExceptions[0]); }
    }

    private static string Safe(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '_'));
}
