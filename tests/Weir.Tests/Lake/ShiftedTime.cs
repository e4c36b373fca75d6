using Weir.Lake;
using Weir.Storage;

namespace Weir.Tests.Lake;

/// <summary>The system's time and some more.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
}

/// <summary>A test lake whose time can be moved on, with its maintenance.</summary>
internal sealed class MaintainedLake : IDisposable
{
    private readonly ShiftedTime time = new();

    public MaintainedLake(string? folder = null, IDisk? disk = null, int checkpointEvery = 100, Func<MaintenanceOptions, MaintenanceOptions>? configure = null)
    {
        Lake = new TestLake(folder, disk, checkpointEvery, time);
        Maintenance = Lake.Store.Maintain((configure ?? (o => o))(new MaintenanceOptions(Path.Combine(Path.GetTempPath(), $"weir-spill-{Guid.NewGuid():n}"))));
    }

    public TestLake Lake { get; }
    public LakeMaintenance Maintenance { get; }

    public void Pass(TimeSpan span)
    {
        time.Ahead += span;
        FileAges.Add(Lake.Folder, span);
    }

    /// <summary>Everything that is to be done now, step by step.</summary>
    public List<MaintenanceWork> Maintain()
    {
        var done = new List<MaintenanceWork>();
        while (Maintenance.StepAsync(CancellationToken.None).GetAwaiter().GetResult() is { } work) done.Add(work);
        return done;
    }

    /// <summary>The compactions among what is to be done now.</summary>
    public List<MaintenanceWork> Compact() => [.. Maintain().Where(w => w.Kind == MaintenanceKind.Compaction)];

    /// <summary>Whether a view shows exactly the rows that a table of the test's database has, each as often.</summary>
    public bool ShowsTheRowsOf(string table, string view) => Lake.Count(
        $"SELECT count(*) FROM ((FROM lake.{view} EXCEPT ALL FROM {table}) UNION ALL (FROM {table} EXCEPT ALL FROM lake.{view}))") == 0;

    public IReadOnlyList<string> DataFiles(string table) => Directory.GetFiles(Path.Combine(Lake.Folder, table), "*.parquet", SearchOption.AllDirectories)
        .Where(f => !f.Contains("_delta_log")).ToList();

    public IReadOnlyList<string> LogFiles(string table) =>
        [.. Directory.GetFiles(Path.Combine(Lake.Folder, table, "_delta_log")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    public void Dispose() => Lake.Dispose();
}
