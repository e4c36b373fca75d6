using Weir.Lake.Delta;
using Weir.Lake.Ledgers;
using Weir.Lake.Upkeep;
using Weir.Storage;

namespace Weir.Lake;

/// <summary>Where a lake is.</summary>
/// <param name="Folder">Its folder: one folder per table below it.</param>
/// <param name="CheckpointEvery">After how many commits of a table its log gets a checkpoint.</param>
public sealed record LakeOptions(string Folder, int CheckpointEvery = 100);

/// <summary>
/// The lake: Delta tables in one folder, of which the ledger decides (<c>docs/formats/ledger.md</c>). Several threads, processes and machines
/// may have the same lake open, reading and committing. After an exception from <see cref="Commit"/> only <see cref="Positions"/> says what stands.
/// </summary>
public sealed class LakeStore : IDisposable
{
    internal const string EngineInfo = "Weir";

    private readonly Engine engine = new();
    private readonly TableSet tables;
    private readonly LedgerLog ledger;
    private readonly SnapshotReader snapshots;
    private readonly News news;
    private readonly LakeOptions options;
    private readonly TimeProvider time;

    private LakeStore(LakeOptions options, IDisk disk, TimeProvider time)
    {
        (this.options, this.time) = (options, time);
        Disk = LocalLakeDisk.Of(disk);
        Folder = Path.GetFullPath(options.Folder);
        tables = new TableSet(Folder, Disk, new Checkpoints(engine, Disk, time), time);
        Writer = new ParquetWriter(Folder, tables, Disk, time);
        ledger = new LedgerLog(tables, new LedgerFiles(engine, Writer, time), options.CheckpointEvery, time);
        snapshots = new SnapshotReader(tables, ledger, Disk);
        news = new News(tables);
    }

    /// <summary>The lake's folder, full path.</summary>
    public string Folder { get; }

    /// <summary>What it lies on: whoever keeps files of his own in the lake's folder (witnesses, erasures) does it with this.</summary>
    public ILakeDisk Disk { get; }

    /// <summary>Writes the files of a range.</summary>
    public ParquetWriter Writer { get; }

    /// <summary>The lake's birth id, which no other lake has; null before its first commit.</summary>
    public string? Id => ledger.Refresh().Metadata?.Id;

    /// <summary>By stream id: the next position to land, as the ledger says now. A stream that is not listed begins at 0.</summary>
    public IReadOnlyDictionary<string, long> Positions => LedgerLog.PositionsOf(ledger.Refresh());

    /// <summary>Opens a lake; nothing is read or written yet, and the folder need not exist.</summary>
    public static LakeStore Open(LakeOptions options, IDisk disk, TimeProvider time) => new(options, disk, time);

    /// <summary>Makes a table if it is not there yet, and adds columns that it lacks. <see cref="ParquetWriter"/> does so itself.</summary>
    /// <returns>All columns of the table.</returns>
    /// <exception cref="WeirException">WEIR6006: a column has another type, or the table is partitioned otherwise.</exception>
    public TableDefinition Ensure(TableDefinition definition) => tables.Ensure(definition);

    /// <summary>The whole lake, consistent, as of the ledger's newest version.</summary>
    /// <exception cref="WeirException">WEIR6001–6003, 6005: a log is damaged, or not one that this Weir reads.</exception>
    public Snapshot ReadSnapshot() => snapshots.Read();

    /// <summary>For whoever failed to read a snapshot: the reason, if it is that the vacuum has taken files of it meanwhile; null: it is another. Then read a new snapshot.</summary>
    public WeirException? FindGone(Snapshot snapshot)
    {
        foreach (var (table, state) in snapshot.Tables)
            if (state.Files.Values.FirstOrDefault(f => !tables.HasFile(table, f.Path)) is { } gone)
                return new WeirException(LakeErrors.SnapshotGone,
                    $"The file '{gone.Path}' of the lake's table '{table}' is gone: the lake was read as it was at version {snapshot.LedgerVersion} for longer than replaced files are kept. "
                    + "Ask again; if it takes that long every time, raise lake.vacuum_after in weir.yml (15m unless set).");
        return null;
    }

    /// <summary>The ledger alone, as of its newest version: its own table, and the positions.</summary>
    /// <exception cref="WeirException">WEIR6001–6003: its log is damaged, or not one that this Weir reads.</exception>
    public Snapshot ReadLedgerSnapshot() => snapshots.ReadLedger();

    /// <summary>Decides ranges: one commit of the ledger, then its copies in the tables. First copies what others left uncopied.</summary>
    /// <exception cref="WeirException">WEIR6004: a range does not begin where its stream's last one ended.</exception>
    /// <exception cref="IOException">The disk failed; the commit may stand. Read <see cref="Positions"/>, and decide anew from there.</exception>
    public CommitOutcome Commit(RangeCommit commit) => ledger.Commit(commit);

    /// <summary>Decides a change that is no landing: one commit of the ledger, then its copies in the tables. It conflicts with no landing, only with another change that removes one of its files.</summary>
    /// <exception cref="IOException">The disk failed; the commit may stand. Read a new snapshot, and compute the change anew from it.</exception>
    public CommitOutcome Commit(LakeChange change) => ledger.Commit(change);

    /// <summary>Copies into the tables what the ledger decided and a crash left uncopied. Never needed for reading: snapshots count it already.</summary>
    public void CopyPending() => ledger.CopyPending();

    /// <summary>Makes what was read of the ledger durable: whoever wrote its newest commit may have died before that. Nothing that cannot be taken back may be done, or told, before.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public void MakeDurable() => ledger.MakeDurable();

    /// <summary>A commit of the ledger; null if there is none of that version yet.</summary>
    public LedgerCommit? ReadCommit(long version) => ledger.Read(version);

    /// <summary>All rows of the ledger in a snapshot, by stream, position and hour.</summary>
    public IReadOnlyList<LedgerRow> ReadLedger(Snapshot snapshot) => LedgerFiles.Read(engine, snapshot);

    /// <summary>The files in which rows came to a table after a version of the ledger, up to a snapshot: these rows and no others. Compaction may have taken their place in the snapshot since.</summary>
    /// <returns>Null if that can no longer be told: the log was cleaned, or the files vacuumed.</returns>
    public IReadOnlyList<AddFile>? FilesAddedAfter(long ledgerVersion, string table, Snapshot snapshot) => news.AsAdded(table, ledgerVersion, snapshot);

    /// <summary>Files of the snapshot that hold all rows which came to a table after a version of the ledger, and perhaps older rows with which they were compacted.</summary>
    /// <returns>Null if that can no longer be told: the log was cleaned.</returns>
    public IReadOnlyList<AddFile>? FilesHoldingRowsAfter(long ledgerVersion, string table, Snapshot snapshot) => news.AsPresent(table, ledgerVersion, snapshot);

    /// <summary>Takes single rows out of the lake.</summary>
    /// <param name="temporaryFolder">Where DuckDB may write beyond its memory limit.</param>
    public RowRemoval RemoveRows(string temporaryFolder) => new(this, Disk, time, temporaryFolder);

    /// <summary>Deletes the files that were removed from the lake long enough ago, as its maintenance does.</summary>
    /// <param name="vacuumAfter">For how long they stay for those who read an older snapshot.</param>
    public RemovedFiles DeleteRemoved(TimeSpan vacuumAfter)
    {
        var vacuum = new Vacuum(this, tables, Disk, time, new MaintenanceOptions("") { VacuumAfter = vacuumAfter });
        var deleted = tables.Names().Sum(vacuum.DeleteRemoved);
        return new RemovedFiles(deleted, tables.Names().Where(t => t != LakeTables.Ledger.Name).Sum(t => tables.Get(t).Refresh().Removed.Values.Count(f => tables.HasFile(t, f.Path))));
    }

    /// <summary>Puts a data file into another storage class of the object store, where it is; false where the lake is on no object store, or the file is gone.</summary>
    /// <param name="table">Its table.</param>
    /// <param name="file">The file.</param>
    /// <param name="storageClass">The class, as the store names it: <c>STANDARD_IA</c>.</param>
    /// <exception cref="WeirException">The store refused it.</exception>
    public bool SetStorageClass(string table, AddFile file, string storageClass) =>
        Disk.SetStorageClass(Path.Combine(Folder, table, Writing.LogPaths.Decode(file.Path)), storageClass);

    /// <summary>By path, as the log has it: the storage class of each of a table's files on the object store; null where there are none.</summary>
    /// <exception cref="WeirException">The store refused it.</exception>
    public IReadOnlyDictionary<string, string>? ReadStorageClasses(string table)
    {
        if (Disk.IsLocal) return null;
        var folder = Path.Combine(Folder, table);
        return Disk.ListWritten(folder, below: true).Where(f => f.StorageClass is not null)
            .ToDictionary(f => Writing.LogPaths.Encode(Path.GetRelativePath(folder, f.Path)), f => f.StorageClass!, StringComparer.Ordinal);
    }

    /// <summary>Compaction, vacuum and cleaning of the logs, a step at a time.</summary>
    public LakeMaintenance Maintain(MaintenanceOptions maintenance) => new(this, tables, Disk, time, options.CheckpointEvery, maintenance);

    /// <inheritdoc/>
    public void Dispose() => engine.Dispose();
}
