using System.Diagnostics.CodeAnalysis;
using Weir.Storage;

namespace Weir.Land.Dedupe;

/// <summary>
/// The ids of all that has landed: the newest in memory, the others in runs on disk. A cache: the lake is the truth it is made from.
/// One thread at a time.
/// </summary>
internal sealed class DedupeIndex : IDisposable
{
    private const int MaxRuns = 8;
    private const int RunsPerMerge = 5;

    private readonly IDisk disk;
    private readonly string folder;
    private readonly int idsInMemory;
    private readonly List<Run> runs = [];
    private readonly List<Run> retired = []; // merged, but the manifest on disk still names them
    private readonly IdTable newest = new();
    private IdTable? spare; // as large as a round of late needed
    private bool spilled;

    private DedupeIndex(IDisk disk, string folder, long memoryBytes, SourceTable sources, DedupeStamp stamp) =>
        (this.disk, this.folder, idsInMemory, Sources, Stamp) = (disk, folder, (int)Math.Clamp(memoryBytes / IdTable.BytesPerId, 1, 1 << 26), sources, stamp);

    public SourceTable Sources { get; }

    public DedupeStamp Stamp { get; private set; }

    public long Count => newest.Count + runs.Sum(r => r.Count);

    public int RunCount => runs.Count;

    /// <summary>Blocks that probes have read from the runs in use.</summary>
    public long BlocksRead => runs.Sum(r => r.BlocksRead);

    /// <summary>
    /// The index as last saved, or null if nothing is there that can be trusted for this lake and these rules. It may be older than the lake:
    /// see <see cref="Stamp"/>.
    /// </summary>
    public static DedupeIndex? TryOpen(IDisk disk, string folder, long memoryBytes, IReadOnlyList<SourceRule> declared, DedupeStamp now)
    {
        var manifest = DedupeManifest.TryLoad(disk, folder);
        if (manifest is null || !manifest.Stamp.IsPastOf(now)) return null;
        var sources = new SourceTable(manifest.Sources);
        if (!sources.TryAdd(declared)) return null;
        var index = new DedupeIndex(disk, folder, memoryBytes, sources, manifest.Stamp);
        try
        {
            foreach (var name in manifest.Runs) index.runs.Add(Run.Open(disk, Path.Combine(folder, name)));
            index.RemoveStrangers();
            return index;
        }
        catch (DedupeCorruptException)
        {
            index.Dispose();
            return null;
        }
    }

    /// <summary>An index without ids, in place of whatever was there.</summary>
    public static DedupeIndex CreateEmpty(IDisk disk, string folder, long memoryBytes, IReadOnlyList<SourceRule> declared)
    {
        disk.CreateFolder(folder);
        var sources = new SourceTable([]);
        sources.TryAdd(declared);
        var index = new DedupeIndex(disk, folder, memoryBytes, sources, DedupeStamp.Nothing);
        index.Save();
        index.RemoveStrangers();
        return index;
    }

    /// <param name="key">An id.</param>
    /// <param name="hash">Its <see cref="DedupeKey.Hash"/>.</param>
    /// <param name="mark">What is remembered of it.</param>
    public bool TryFind(in DedupeKey key, ulong hash, [NotNullWhen(true)] out Mark mark)
    {
        if (newest.TryFind(key, hash, out mark)) return true;
        foreach (var run in runs)
            if (run.TryFind(key, hash, out mark)) return true;
        return false;
    }

    /// <summary>An empty table for the claims of a range.</summary>
    public IdTable TakeSpare()
    {
        var taken = spare ?? new IdTable();
        spare = null;
        return taken;
    }

    /// <summary>Keeps the claims of a commit.</summary>
    /// <param name="claims">What it claimed; afterwards nothing.</param>
    /// <param name="commit">Of which the index is now the truth.</param>
    public void Accept(Claims claims, DedupeStamp commit)
    {
        foreach (var claim in claims.All.Entries) newest.TryAdd(claim.Key, claim.Key.Hash(), claim.Mark);
        claims.All.Clear();
        spare = claims.All;
        Stamp = commit;
        if (newest.Count >= idsInMemory) Save();
    }

    /// <summary>Takes an id that the lake holds, on the way to a later commit. Until <see cref="Reached"/> neither stamp nor manifest move.</summary>
    public void Add(in DedupeEntry landed)
    {
        if (newest.TryAdd(landed.Key, landed.Key.Hash(), landed.Mark) && newest.Count >= idsInMemory) Spill();
    }

    /// <summary>All ids up to a commit have been added.</summary>
    public void Reached(DedupeStamp commit)
    {
        Stamp = commit;
        if (spilled) Save();
    }

    /// <summary>Writes what is only in memory as a run, then the manifest, and deletes what it no longer names.</summary>
    public void Save()
    {
        Spill();
        disk.SyncFolder(folder);
        new DedupeManifest(DedupeManifest.CurrentFormat, Stamp, Sources.All, [.. runs.Select(r => Path.GetFileName(r.Path))]).Save(disk, folder);
        spilled = false;
        foreach (var run in retired) disk.Delete(run.Path);
        retired.Clear();
    }

    public void Dispose()
    {
        foreach (var run in runs) run.Dispose();
        runs.Clear();
    }

    private void Spill()
    {
        if (newest.Count == 0) return;
        var count = newest.Count;
        newest.Drain(sorted => runs.Add(WriteRun(sorted, count)));
        spilled = true;
        while (runs.Count > MaxRuns) MergeSmallest();
    }

    /// <summary>Only small runs are merged with small ones, so that an id is rewritten a logarithmic number of times.</summary>
    private void MergeSmallest()
    {
        var smallest = runs.OrderBy(r => r.Count).Take(RunsPerMerge).ToList();
        var merged = WriteRun(RunMerge.Of(smallest), smallest.Sum(r => r.Count));
        runs.RemoveAll(smallest.Contains);
        runs.Add(merged);
        foreach (var run in smallest) run.Dispose();
        retired.AddRange(smallest);
    }

    private Run WriteRun(IEnumerable<DedupeEntry> sorted, long atMost)
    {
        var path = Path.Combine(folder, $"{Guid.NewGuid():n}.run");
        RunWriter.Write(disk, path, sorted, atMost);
        return Run.Open(disk, path);
    }

    /// <summary>Removes runs and temporary files that no manifest names: left by a crash.</summary>
    private void RemoveStrangers()
    {
        var own = runs.Select(r => r.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var path in disk.List(folder, "*.run").Concat(disk.List(folder, "*.tmp")))
            if (!own.Contains(path)) disk.Delete(path);
    }
}
