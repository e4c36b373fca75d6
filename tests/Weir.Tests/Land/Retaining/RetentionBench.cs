using Weir.Connect;
using Weir.Events;
using Weir.Journal;
using Weir.Lake;
using Weir.Land;
using Weir.Land.Retaining;
using Weir.Sources;
using Weir.Storage;
using Weir.Tests.Land.Landing;
using Weir.Tests.Land.Verifying;

namespace Weir.Tests.Land.Retaining;

/// <summary>A data folder whose clock a test sets, and what is kept in it for how long.</summary>
internal sealed class RetentionBench : IDisposable
{
    public RetentionBench(VerifyBench? bench = null)
    {
        Bench = bench ?? new VerifyBench();
        Land.Sources.Add(Files);
    }

    public static SourceDefinition Files { get; } = new() { Name = "files", TimeZone = "UTC", Dedupe = DedupeRule.None };

    /// <summary>The same once more, to try something else with.</summary>
    public RetentionBench Copy()
    {
        var copy = new RetentionBench(new VerifyBench(Land.Copy())) { Rules = Rules };
        copy.Bench.Time.Now = Bench.Time.Now;
        return copy;
    }

    public VerifyBench Bench { get; }
    public LandFixture Land => Bench.Land;

    /// <summary>A day of bytes, two of events, three of what is sealed in quarantine.</summary>
    public RetentionRules Rules { get; set; } = new(new Retention { Raw = TimeSpan.FromDays(1), Events = TimeSpan.FromDays(2), Quarantine = TimeSpan.FromDays(3) });

    public void Now(string time) => Bench.Time.Now = Landing.Events.At(time);

    public string Plan()
    {
        using var lake = Land.OpenLake();
        using var retainer = Retainer.ForPlan(ScopeOf(lake, LocalDisk.Instance, out var streams));
        return Text(retainer.Plan(streams));
    }

    public async Task<string> RunAsync(IDisk? disk = null)
    {
        using var lake = Land.OpenLake(disk);
        using var retainer = Retainer.Open(ScopeOf(lake, disk ?? LocalDisk.Instance, out var streams), TimeSpan.FromSeconds(10));
        var done = new List<RetentionWork>();
        await foreach (var work in retainer.RunAsync(streams, CancellationToken.None)) done.Add(work);
        return Text(RetentionWork.Sum(done));
    }

    /// <summary>What went, as <c>raw/web:1f3e</c>: a file, three events.</summary>
    public static string Text(IEnumerable<RetentionWork> work) => string.Join(' ', work.Select(w => $"{w.Kind.ToString().ToLowerInvariant()}/{w.Source}:{w.Files}f{w.Events}e"));

    /// <summary>Positions that left, by table and hour of receipt.</summary>
    public string Expired() => string.Join(' ', Land.Texts("SELECT concat(source, '/', date_part('hour', hour), ':', coalesce(landed_runs, ''), '|', coalesce(quarantined_runs, '')) FROM lake.ledger WHERE movement = 'expire' ORDER BY source, hour, landed_runs"));

    public bool HasKey(string source, int day) => Land.Keys.TryGet(source, new DateOnly(2026, 3, day)) is not null;

    /// <summary>The account adds up, its counts are these, and they are proven.</summary>
    public async Task ShouldAddUpAsync(long landed, long quarantined = 0, string when = "")
    {
        using var lake = Land.OpenLake();
        var account = Account.Read(lake, () => Bench.Streams);
        account.Problems.ShouldBeEmpty(when);
        account.AddsUp.ShouldBeTrue(when);
        (account.Rows.Sum(r => r.Landed), account.Rows.Sum(r => r.Quarantined)).ShouldBe((landed, quarantined), when);
        var report = await Bench.VerifyAsync();
        report.Faults.ShouldBeEmpty(when);
        (report.Streams.Sum(s => s.Landed), report.Streams.Sum(s => s.Quarantined)).ShouldBe((landed, quarantined), when);
    }

    public void Dispose() => Bench.Dispose();

    private RetentionScope ScopeOf(LakeStore lake, IDisk disk, out IReadOnlyList<IEventStream> streams)
    {
        var keys = new KeyStore(disk, Path.Combine(Land.Data, "keys"));
        var (journal, files) = (new JournalStreams(Land.Data, disk, keys), new LoadedFiles(Land.Data, disk, keys));
        streams = [.. journal.Open(), .. files.Open()];
        return new RetentionScope(Land.Data, lake, keys, disk, [journal, files], Rules, Bench.Time);
    }
}
