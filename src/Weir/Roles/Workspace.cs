using System.Security.Cryptography;
using System.Text;
using Weir.Configuration;
using Weir.Connect;
using Weir.DuckDb;
using Weir.Events;
using Weir.Journal;
using Weir.Journal.Kafka;
using Weir.Journal.Kafka.Topics;
using Weir.Lake;
using Weir.Lake.S3;
using Weir.Land;
using Weir.Land.Privacy;
using Weir.Land.Replay;
using Weir.Land.Retaining;
using Weir.Output;
using Weir.Roles.Ownership;
using Weir.Storage;

namespace Weir.Roles;

/// <summary>A project's data folder, opened: what the roles and commands share. Roles meet in these files only.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly JournalStreams journal;
    private readonly LoadedFiles files;
    private readonly Lazy<LakeStore> lake;
    private readonly Lazy<Witness> witness;
    private readonly Lazy<KafkaStreams?> kafka;

    public Workspace(ProjectSettings settings, TimeProvider time)
    {
        (Settings, Time) = (settings, time);
        Disk.CreateFolder(settings.DataFolder);
        Keys = new KeyStore(Disk, settings.LakeKeys);
        received = new KeyStore(Disk, Path.Combine(settings.DataFolder, "keys"));
        journal = new JournalStreams(settings.DataFolder, Disk, received);
        files = new LoadedFiles(settings.DataFolder, Disk, received);
        lake = new Lazy<LakeStore>(() => OpenLake(settings, time));
        witness = new Lazy<Witness>(() => new Witness(Lake.Folder, Lake.Disk, time));
        kafka = new Lazy<KafkaStreams?>(() => settings.Journal.Kafka is { } cluster ? new KafkaStreams(cluster, KafkaTopics.Of(settings), new TopicBook(Lake.Folder, Lake.Disk), time) : null);
    }

    public ProjectSettings Settings { get; }

    public TimeProvider Time { get; }

    public IDisk Disk { get; } = LocalDisk.Instance;

    /// <summary>The lake's: of what lies in quarantine, and the secret of hashes.</summary>
    public KeyStore Keys { get; }

    private readonly KeyStore received;

    /// <summary>The topics; null: no cluster is named.</summary>
    public KafkaStreams? Kafka => kafka.Value;

    /// <summary>Opened when it is first asked for: collecting needs no lake, nor the engine it brings.</summary>
    public LakeStore Lake => lake.Value;

    /// <summary>Keeps the streams' heads outside the journal.</summary>
    public Witness Witness => witness.Value;

    public string WarehousePath => Path.Combine(Settings.DataFolder, "warehouse.duckdb");

    /// <summary>File intake; <paramref name="still"/> zero takes a file as it is, which is what a person means who names one.</summary>
    public FileIntake Intake(TimeSpan still) => new(Settings.DataFolder, Disk, received, Time, new FileIntakeOptions { StillFor = still });

    /// <summary>Every stream: those of the data folder, and the partitions of Kafka's topics.</summary>
    /// <remarks>Streams are kept between calls: what they know of segments and files is not read again.</remarks>
    public IReadOnlyList<IEventStream> OpenStreams() => [.. OpenOwnStreams(), .. Kafka?.Open() ?? []];

    /// <summary>Those that lie in the data folder: the journal's in files and the loaded files'.</summary>
    public IReadOnlyList<IEventStream> OpenOwnStreams() => [.. journal.Open(), .. files.Open()];

    public Task<JournalWriter> OpenJournalAsync() =>
        JournalWriter.OpenAsync(new JournalOptions(Settings.DataFolder) 
        {
            DiskBudget = Settings.Journal is { IsKafka: true, Spill: > 0 and var spill } ? spill : Settings.JournalDiskBudget,
            LeaseDuration = Settings.Roles.Lease,
            // What waits for the disk lies in memory, beside the requests it came with.
            QueueBytes = Math.Clamp(Settings.Roles.CollectMemory / 4, 64L << 20, 256L << 20),
        }, Disk, Time);

    /// <summary>What the project says of events, for those who only show them: with mistakes in it they are shown as if it said nothing, and landing tells the mistakes.</summary>
    public EventRules RulesToShow()
    {
        try
        {
            return Rules();
        }
        catch (WeirException e)
        {
            People.Warn($"{e.Code}: events are shown as if there were no contracts and no bots, for there are mistakes in the project's files; nothing lands until they are corrected: weir contracts check");
            return EventRules.None with { Personal = Personal, AreUnknown = true };
        }
    }

    /// <summary>What the project says of events, and what its environment does with personal data: whoever lands them lands them so.</summary>
    public EventRules Rules() => EventRules.Load(Settings.Folder) with { Personal = Personal };

    private PersonalData Personal => new(Settings.PersonalData, Keys);

    public Task<Lander> OpenLanderAsync() => Lander.OpenAsync(
        new LandOptions(Settings.DataFolder)
        {
            RoundBytes = Settings.CommitBytes,
            FastPath = Settings.FastPath,
            Retention = Settings.Retention,
            LeaseDuration = Settings.Roles.Lease,
            StagingMemory = $"{Settings.Roles.LandMemory / 4 / 1_000_000}MB",
            DedupeMemoryBytes = Settings.Roles.LandMemory / 8,
            Rules = Rules(),
        },
        Lake, Settings.Sources, Keys, Disk);

    /// <summary>What is kept here for how long.</summary>
    public RetentionScope Retention => new(Settings.DataFolder, Lake, Keys, Disk, [journal, files], Settings.Retention, Time);

    /// <summary>Opens what gives events another fate; for a plan without taking the lease.</summary>
    public Replayer OpenReplayer(EventRules rules, bool plan) => Replayer.Open(
        new ReplayOptions(Settings.DataFolder) { Rules = rules, Plan = plan, LeaseDuration = Settings.Roles.Lease, StagingMemory = $"{Settings.Roles.LandMemory / 4 / 1_000_000}MB" },
        Lake, Settings.Sources, Keys, Disk, Time);

    /// <summary>Opens the warehouse; a command that has it for a moment is waited for.</summary>
    public async Task<OwnedWarehouse> OpenWarehouseAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return OpenWarehouse();
            }
            catch (WeirException e) when (e.Code == "WEIR8001" && attempt < 25)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
            }
        }
    }

    /// <summary>Opens the warehouse, which one process at a time may have.</summary>
    public OwnedWarehouse OpenWarehouse()
    {
        var connection = new DuckDBConnection($"Data Source={WarehousePath};memory_limit={Settings.WarehouseMemory / 1_000_000}MB;max_temp_directory_size={Settings.WarehouseSpill / 1_000_000}MB");
        try
        {
            connection.Open();
            connection.Execute("SET TimeZone = 'UTC'");
            return new OwnedWarehouse(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (kafka.IsValueCreated) kafka.Value?.Dispose();
        if (!lake.IsValueCreated) return;
        lake.Value.Dispose();
        (lake.Value.Disk as IDisposable)?.Dispose();
    }

    /// <summary>On S3 a folder of the data folder holds what is read and written; each lake has one of its own, by its address.</summary>
    private static LakeStore OpenLake(ProjectSettings settings, TimeProvider time)
    {
        if (settings.ObjectLake is not { } s3) return LakeStore.Open(new LakeOptions(settings.LakeFolder), LocalDisk.Instance, time);
        var address = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{s3.Endpoint} {s3.Region} {s3.Bucket}/{s3.Prefix}")))[..16];
        var folder = Path.Combine(settings.DataFolder, "cache", address);
        var disk = new S3LakeDisk(new S3Options(s3.Bucket, s3.Prefix, folder) { Endpoint = s3.Endpoint, Region = s3.Region, StorageClass = s3.StorageClass, CacheBytes = s3.CacheBytes, KeepRead = settings.VacuumAfter });
        return LakeStore.Open(new LakeOptions(folder), disk, time);
    }
}
