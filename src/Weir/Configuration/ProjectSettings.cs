using System.Net;
using Weir.DuckDb;
using Weir.Land.Privacy;
using Weir.Land.Retaining;
using Weir.Sources;

namespace Weir.Configuration;

/// <summary>What <c>weir.yml</c> says, for one environment.</summary>
internal sealed record ProjectSettings
{
    /// <summary>The project's name.</summary>
    public required string Name { get; init; }

    /// <summary>The project's folder, absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>The environment: <c>local</c> unless <c>--env</c> says otherwise.</summary>
    public required string Environment { get; init; }

    /// <summary>The data folder, absolute.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The business time zone (IANA).</summary>
    public required string TimeZone { get; init; }

    /// <summary>The declared sources, in the file's order.</summary>
    public required IReadOnlyList<SourceDefinition> Sources { get; init; }

    /// <summary>The most bytes the journal may hold before it refuses.</summary>
    public required long JournalDiskBudget { get; init; }

    /// <summary>Where collectors append, and the Kafka cluster, if there is one.</summary>
    public required JournalSettings Journal { get; init; }

    /// <summary>The lake's folder where it is not on an object store: in the data folder, unless landers share another.</summary>
    public required string LakeFolder { get; init; }

    /// <summary>Where the keys are under which quarantine seals, and the secret of hashes: in the data folder, unless landers share another.</summary>
    public required string LakeKeys { get; init; }

    /// <summary>The proxies before the collector, whose word for where a request came from is believed.</summary>
    public required IReadOnlyList<IPNetwork> TrustedProxies { get; init; }

    /// <summary>Whether landing reads events the fast way where it surely can; the lake is the same.</summary>
    public required bool FastPath { get; init; }

    /// <summary>A lake commit happens after this many bytes of events at the latest.</summary>
    public required long CommitBytes { get; init; }

    /// <summary>A lake commit happens after this time at the latest.</summary>
    public required TimeSpan CommitInterval { get; init; }

    /// <summary>Where on an object store the lake is; null: in the data folder.</summary>
    public required ObjectLake? ObjectLake { get; init; }

    /// <summary>For how long files that compaction replaced stay for those who still read an older snapshot of the lake.</summary>
    public required TimeSpan VacuumAfter { get; init; }

    /// <summary>How long what each source sent is kept.</summary>
    public required RetentionRules Retention { get; init; }

    /// <summary>What becomes of each kind of personal data.</summary>
    public required IReadOnlyDictionary<PersonalKind, PersonalMode> PersonalData { get; init; }

    /// <summary>How long a file's size and time must have been still before <c>weir sync</c> takes it.</summary>
    public required TimeSpan IntakeStill { get; init; }

    /// <summary>The most memory DuckDB may use, in bytes.</summary>
    public required long WarehouseMemory { get; init; }

    /// <summary>What each role may use.</summary>
    public required RoleSettings Roles { get; init; }

    /// <summary>The most disk DuckDB may use for what does not fit into its memory, in bytes.</summary>
    public required long WarehouseSpill { get; init; }

    /// <summary>How much one query of a person may use.</summary>
    public required QueryLimits Query { get; init; }

    /// <summary>Names besides loopback's under which browsers may ask the Studio.</summary>
    public required IReadOnlyList<string> StudioHosts { get; init; }

    public SourceDefinition Source(string name) => Sources.FirstOrDefault(s => s.Name == name)
        ?? throw new WeirException("WEIR1003",
            $"There is no source '{name}' in {Path.Combine(Folder, ProjectFile.Name)}; declared: {string.Join(", ", Sources.Select(s => s.Name))}."
            + (Spelling.Nearest(name, Sources.Select(s => s.Name)) is { } near ? $" Did you mean '{near}'?" : " Name one of these, or declare it under 'sources'."));
}
