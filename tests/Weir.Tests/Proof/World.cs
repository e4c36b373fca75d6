using Weir.Journal;
using Weir.Sources;
using Weir.Storage;
using Weir.Tests.Journal;
using Weir.Tests.Lake;
using Weir.Tests.Storage;

namespace Weir.Tests.Proof;

/// <summary>A data folder on a disk that tears, a clock, and the declared sources: what outlives a process.</summary>
internal sealed class World : IDisposable
{
    public const string Web = "web", Mobile = "mobile", Crm = "crm", Rows = "rows";

    private static readonly string Base = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    public World(int seed, TearingOptions tearing)
    {
        Directory.CreateDirectory(Data);
        Directory.CreateDirectory(Drop);
        Disk = new TearingDisk(Data, seed, tearing);
        _ = LakeTime; // it begins now
    }

    public string Root { get; } = Path.Combine(Base, $"weir-tear-{Guid.NewGuid():n}");
    public string Data => Path.Combine(Root, "data");
    public string Lake => Path.Combine(Data, "lake");
    public string Dedupe => Path.Combine(Data, "dedupe");

    /// <summary>Where clients leave files: their disk, not Weir's.</summary>
    public string Drop => Path.Combine(Root, "drop");

    public TearingDisk Disk { get; }
    public ManualTime Time { get; } = new(new DateTimeOffset(2026, 3, 1, 10, 40, 0, TimeSpan.Zero));

    /// <summary>Time passes, for files too; nothing may be under way.</summary>
    public void Pass(TimeSpan span)
    {
        Time.Now += span;
        FileAges.Add(Lake, span);
    }

    /// <summary>The lake's clock: the machine's, and all that has passed here.</summary>
    public TimeProvider LakeTime => field ??= new PassingTime(Time);

    public KeyStore Keys() => new(Disk, Path.Combine(Data, "keys"));

    public static IReadOnlyList<SourceDefinition> Sources { get; } =
    [
        new SourceDefinition { Name = Web, TimeZone = "UTC" },
        new SourceDefinition { Name = Mobile, TimeZone = "UTC" },
        new SourceDefinition { Name = Crm, TimeZone = "UTC", Dedupe = DedupeRule.Id },
        new SourceDefinition
        {
            Name = Rows, Entity = "order_lines", Key = ["order_id"],
            Fields = [new("order_id", "order", new(FieldKind.Varchar), Required: true), new("quantity", "quantity", new(FieldKind.Integer))],
        },
    ];

    public static SourceDefinition Source(string name) => Sources.First(s => s.Name == name);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private sealed class PassingTime(ManualTime time) : TimeProvider
    {
        private readonly DateTimeOffset start = time.Now;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + (time.Now - start);
    }
}
