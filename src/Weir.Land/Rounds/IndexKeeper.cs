using Weir.DuckDb;
using Weir.Identifiers;
using Weir.Lake;
using Weir.Land.Dedupe;
using Weir.Sources;
using Weir.Storage;

namespace Weir.Land.Rounds;

/// <summary>Keeps the remembered ids those of the ledger's newest commit: adds what others landed, and makes them anew from the lake when they cannot be trusted.</summary>
internal sealed class IndexKeeper : IDisposable
{
    /// <summary>After so many commits of the ledger what is remembered is saved, so that a process that dies leaves little to read again.</summary>
    private const int SaveEvery = 50;

    private readonly LakeStore lake;
    private readonly IDisk disk;
    private readonly string folder;
    private readonly long memoryBytes;
    private readonly IReadOnlyList<SourceRule> declared;
    private long savedAt;

    public IndexKeeper(LakeStore lake, IDisk disk, string folder, long memoryBytes, IEnumerable<SourceDefinition> sources)
    {
        (this.lake, this.disk, this.folder, this.memoryBytes) = (lake, disk, folder, memoryBytes);
        declared = [.. sources.Where(s => s.Entity is null).Select(s => new SourceRule(s.Name, s.Dedupe))];
        var now = new DedupeStamp(lake.Id ?? "", lake.ReadSnapshot().LedgerVersion);
        savedAt = now.LedgerVersion;
        Index = DedupeIndex.TryOpen(disk, folder, memoryBytes, declared, now) ?? DedupeIndex.CreateEmpty(disk, folder, memoryBytes, declared);
    }

    public DedupeIndex Index { get; private set; }

    /// <summary>Takes in all that was committed since. The next decision is made at the version this returns.</summary>
    public Snapshot CatchUp()
    {
        var snapshot = lake.ReadSnapshot();
        var now = new DedupeStamp(lake.Id ?? "", snapshot.LedgerVersion);
        if (Index.Stamp == now) return snapshot;
        if (!Index.Stamp.IsPastOf(now) || FilesSince(Index.Stamp.LedgerVersion, snapshot) is not { } files)
        {
            Forget();
            files = [.. snapshot[LakeTables.Events.Name].Files.Values];
        }
        AddRows(snapshot, files);
        Index.Reached(now);
        return snapshot;
    }

    /// <summary>A run turned out to be damaged: nothing of the index is trusted any more.</summary>
    public void Forget()
    {
        Index.Dispose();
        Index = DedupeIndex.CreateEmpty(disk, folder, memoryBytes, declared);
    }

    /// <summary>The commit of a round stands: its claims are ids now.</summary>
    public void Accept(Claims claims, long version)
    {
        Index.Accept(claims, new DedupeStamp(lake.Id ?? "", version));
        if (version - savedAt < SaveEvery) return;
        Index.Save();
        savedAt = version;
    }

    public void Dispose() => Index.Dispose();

    /// <summary>Files that hold all events that landed after a version; compaction may have put older ones beside them, which adds nothing. Null if that can no longer be told.</summary>
    private IReadOnlyList<AddFile>? FilesSince(long version, Snapshot snapshot) =>
        version < 0 ? null : lake.FilesHoldingRowsAfter(version, LakeTables.Events.Name, snapshot);

    private void AddRows(Snapshot snapshot, IReadOnlyList<AddFile> files)
    {
        if (files.Count == 0) return;
        foreach (var batch in LakeFiles.Batches(snapshot[LakeTables.Events.Name], files)) AddBatch(snapshot, batch);
    }

    private void AddBatch(Snapshot snapshot, IReadOnlyList<AddFile> files)
    {
        using var held = LakeFiles.Hold(snapshot[LakeTables.Events.Name], files);
        using var connection = LakeViews.Open(snapshot.Only(LakeTables.Events, files));
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT source, event_id::UUID, event, epoch_us(client_time), epoch_us(received_at), _imputed FROM lake.events";
        command.UseStreamingMode = true; // there may be hundreds of millions
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var number = Index.Sources.NumberOfLanded(rows.GetString(0));
            var rule = Index.Sources.RuleOf(number);
            if (rule == DedupeRule.None || ImputedColumns.HasEventId(rows.IsDBNull(5) ? null : rows.GetString(5))) continue;
            var landed = new Candidate(
                number, UuidV5.ToUInt128(rows.GetGuid(1)), rows.GetString(2), rows.IsDBNull(3) ? null : rows.GetInt64(3), rows.GetInt64(4));
            Index.Add(DedupeEntry.Of(landed, rule));
        }
    }
}
