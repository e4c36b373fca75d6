using Weir.Accounting;
using Weir.Connect;
using Weir.Events;
using Weir.Journal;
using Weir.Lake;
using Weir.Land;
using Weir.Tests.Land.Landing;

namespace Weir.Tests.Proof;

/// <summary>One process from its start to its end: a journal's writer, file intake, a lake, a lander.</summary>
internal sealed class Life : IAsyncDisposable
{
    private readonly World world;
    private readonly LifeOptions options;
    private readonly JournalStreams journal;
    private readonly LoadedFiles loaded;
    private readonly Witness witness;
    private Lander? lander;
    private LakeMaintenance? maintenance;

    private Life(World world, LifeOptions options)
    {
        (this.world, this.options) = (world, options);
        var keys = world.Keys();
        journal = new JournalStreams(world.Data, world.Disk, keys);
        loaded = new LoadedFiles(world.Data, world.Disk, keys);
        Intake = new FileIntake(world.Data, world.Disk, keys, world.Time, new FileIntakeOptions { StillFor = TimeSpan.Zero });
        Lake = LakeStore.Open(new LakeOptions(world.Lake, options.CheckpointEvery), world.Disk, world.LakeTime);
        witness = new Witness(world.Lake, world.Disk, world.Time);
    }

    public JournalWriter Writer { get; private set; } = null!;
    public FileIntake Intake { get; }
    public LakeStore Lake { get; }

    public static async Task<Life> BeginAsync(World world, LifeOptions options)
    {
        var life = new Life(world, options);
        try
        {
            life.Writer = await JournalWriter.OpenAsync(new JournalOptions(world.Data) { SegmentBytes = options.SegmentBytes }, world.Disk, world.Time);
            if (life.Writer.Damage.Count > 0) throw new TearException($"opening the journal found damage: {life.Writer.Damage[0]}");
            return life;
        }
        catch
        {
            await life.DisposeAsync();
            throw;
        }
    }

    public IReadOnlyList<IEventStream> Streams() => [.. journal.Open(), .. loaded.Open()];

    public async Task<LandResult> LandAsync()
    {
        lander ??= await Lander.OpenAsync(
            new LandOptions(world.Data) { RoundBytes = options.RoundBytes, DedupeMemoryBytes = options.DedupeBytes, Threads = 1, StagingMemory = "128MB", Retention = options.KeepRaw ? new(new()) : LandFixture.NoRaw },
            Lake, World.Sources, world.Keys(), world.Disk);
        return await lander.LandAsync(Streams(), null, CancellationToken.None);
    }

    /// <summary>Compacts, vacuums, cleans logs, until there is nothing to do or it is enough.</summary>
    public async Task<IReadOnlyList<MaintenanceWork>> MaintainAsync(int steps)
    {
        maintenance ??= Lake.Maintain(new MaintenanceOptions(Path.Combine(world.Data, "run", "maintenance"))
        {
            VacuumAfter = options.VacuumAfter, FilesPerPartition = options.FilesPerPartition, QuietFor = options.QuietFor, TargetBytes = 1 << 20, MemoryLimit = "128MB",
        });
        var done = new List<MaintenanceWork>();
        while (steps-- > 0 && await maintenance.StepAsync(CancellationToken.None) is { } work) done.Add(work);
        return done;
    }

    /// <summary>Notes the heads outside the journal.</summary>
    public void Witness() => witness.Write(Streams());

    /// <summary>The account as proven from the data.</summary>
    public Task<VerifyReport> VerifyAsync() =>
        new AccountVerifier(Lake, world.Disk, new VerifyOptions(Path.Combine(world.Data, "run", "verify")) { DuckDbMemory = "128MB" })
            .VerifyAsync(new VerifyScope(), Streams, null, CancellationToken.None);

    /// <summary>Ends landing, and throws away what it remembers of ids: the lake has them all.</summary>
    public async Task ForgetIdsAsync(Random random)
    {
        await EndLandingAsync();
        foreach (var path in world.Disk.List(world.Dedupe))
            if (random.Next(2) == 0) world.Disk.Delete(path);
    }

    public async ValueTask DisposeAsync()
    {
        await EndLandingAsync();
        Lake.Dispose();
        if (Writer is not null) await Writer.DisposeAsync();
    }

    private async Task EndLandingAsync()
    {
        if (lander is not null) await lander.DisposeAsync();
        lander = null;
    }
}

/// <summary>Limits small enough that everything that happens at a limit happens often.</summary>
internal sealed record LifeOptions(long SegmentBytes, long RoundBytes, long DedupeBytes, int CheckpointEvery, bool KeepRaw, TimeSpan VacuumAfter, TimeSpan QuietFor, int FilesPerPartition)
{
    public static LifeOptions Any(Random random, TearPlan plan) => new(
        random.Next(400, 8_000), random.Next(3) == 0 ? random.Next(2_000, 20_000) : 1 << 20, random.Next(3) == 0 ? 1 : 104 * random.Next(5, 200), random.Next(2, 12), plan.KeepRaw,
        TimeSpan.FromMinutes(random.Next(plan.Beside ? 5 : 0, 15)), TimeSpan.FromMinutes(random.Next(20)), random.Next(1, 4));
}
