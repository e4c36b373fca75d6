using System.Diagnostics;
using Weir.DuckDb;
using Weir.Events;
using Weir.Journal;
using Weir.Lake;
using Weir.Land;
using Weir.Land.Privacy;
using Weir.Land.Retaining;
using Weir.Sources;
using Weir.Storage;

namespace Weir.Bench.Land;

/// <summary>Weir: from the journal's segments to the committed lake.</summary>
internal sealed class WeirRun(string folder, bool fast, bool sync, bool contracts, bool mask, long round, int threads)
{
    private readonly SourceDefinition[] sources = [new() { Name = "web", TimeZone = "Europe/Berlin" }];

    /// <summary>Lands what a folder's journal has.</summary>
    public Task<(TimeSpan, TimeSpan, long, string)> LandAsync(string name) => LandAsync(name, (data, disk, keys) => JournalReader.OpenAll(data, disk, keys));

    /// <summary>Lands what a topic has, into the lake of a folder.</summary>
    public async Task<(TimeSpan, TimeSpan, long, string)> LandAsync(KafkaRun kafka, string topic, string name)
    {
        using var streams = kafka.Open(topic, Path.Combine(folder, name, "lake"));
        return await LandAsync(name, (_, _, _) => streams.Open());
    }

    /// <summary>Lands events that are made as they are read.</summary>
    public async Task<(TimeSpan, TimeSpan, long, string)> LandMadeAsync(MadeStream made)
    {
        var result = await LandAsync("made", (_, _, _) => [made]);
        return result.Item3 == made.Originals() ? result : throw new InvalidOperationException($"{result.Item3} landed, but {made.Originals()} are no copies.");
    }

    /// <summary>How many events a lake has, and how many ids.</summary>
    public static string Count(string lakeFolder)
    {
        using var lake = LakeStore.Open(new LakeOptions(lakeFolder), LocalDisk.Instance, TimeProvider.System);
        using var connection = LakeViews.Open(lake.ReadSnapshot());
        return connection.Scalar<string>("SELECT concat_ws(' ', count(*), count(DISTINCT event_id::UUID)) FROM lake.events")!;
    }

    private async Task<(TimeSpan, TimeSpan, long, string)> LandAsync(string name, Func<string, IDisk, KeyStore, IReadOnlyList<IEventStream>> open)
    {
        var data = Path.Combine(folder, name);
        IDisk disk = sync ? LocalDisk.Instance : new UnsyncedDisk();
        var keys = new KeyStore(disk, Path.Combine(data, "keys"));
        using var lake = LakeStore.Open(new LakeOptions(Path.Combine(data, "lake")), disk, TimeProvider.System);
        var options = new LandOptions(data)
        {
            FastPath = fast, RoundBytes = round, Threads = threads, Retention = new(new Retention { Raw = TimeSpan.Zero }), Rules = Rules(keys),
        };
        await using var lander = await Lander.OpenAsync(options, lake, sources, keys, disk);
        var (watch, before, jit, pause) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, System.Runtime.JitInfo.GetCompilationTime(), GC.GetTotalPauseDuration());
        var result = await lander.LandAsync(open(data, disk, keys), null, CancellationToken.None);
        watch.Stop();
        if (result.Problems.Count > 0) throw new InvalidOperationException(result.Problems[0].Message);
        return (watch.Elapsed, Environment.CpuUsage.TotalTime - before, result.Landed, $"events={result.Events} duplicate={result.Duplicate} quarantined={result.Quarantined} commits={result.Commits} gc={GC.CollectionCount(2)} allocated={GC.GetTotalAllocatedBytes() / 1_000_000}MB jit={(System.Runtime.JitInfo.GetCompilationTime() - jit).TotalMilliseconds:0}ms pauses={(GC.GetTotalPauseDuration() - pause).TotalMilliseconds:0}ms");
    }

    /// <summary>Without masking, what production lands; with it, what every other environment does.</summary>
    private EventRules Rules(KeyStore keys)
    {
        var rules = contracts ? EventRules.Load(folder) : EventRules.None;
        return mask ? rules with { Personal = new PersonalData(PersonalData.Usual(isProduction: false), keys) } : rules;
    }

    /// <summary>What durability costs is what is saved without it.</summary>
    private sealed class UnsyncedDisk : IDisk
    {
        public IDiskFile Create(string path) => new UnsyncedFile(LocalDisk.Instance.Create(path));
        public IDiskFile OpenAppend(string path) => new UnsyncedFile(LocalDisk.Instance.OpenAppend(path));
        public FileStream OpenRead(string path) => LocalDisk.Instance.OpenRead(path);
        public bool Exists(string path) => LocalDisk.Instance.Exists(path);
        public IReadOnlyList<string> List(string folder, string pattern = "*") => LocalDisk.Instance.List(folder, pattern);
        public void CreateFolder(string path) => Directory.CreateDirectory(path);
        public bool TryLink(string path, string newPath) => LocalDisk.Instance.TryLink(path, newPath);
        public void Replace(string path, string newPath) => LocalDisk.Instance.Replace(path, newPath);
        public void Delete(string path) => LocalDisk.Instance.Delete(path);
        public void SyncFile(string path) { }
        public void SyncFolder(string path) { }
    }

    private sealed class UnsyncedFile(IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;
        public void Append(ReadOnlySpan<byte> bytes) => file.Append(bytes);
        public void Sync() { }
        public void Truncate(long length) => file.Truncate(length);
        public void Dispose() => file.Dispose();
    }
}
