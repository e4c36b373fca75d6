namespace Weir.Sources;

/// <summary>One source of <c>weir.yml</c>: where its data comes in, what it is, and how its rows are typed.</summary>
public sealed record SourceDefinition
{
    /// <summary>Its name: lower-case letters, digits, <c>_</c> and <c>-</c>; the lake's partition value.</summary>
    public required string Name { get; init; }

    /// <summary>Keys with which clients may send to the collector for this source; none: no HTTP.</summary>
    public IReadOnlyList<string> WriteKeys { get; init; } = [];

    /// <summary>Events a second that each write key may send, over any longer time; null: no limit.</summary>
    public int? RateLimit { get; init; }

    /// <summary>Origins of the pages that may send (<c>https://shop.example</c>); none: any. Requests that name no origin do not come from pages.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>A glob of files that <c>weir sync</c> takes, absolute or relative to the project; null: none.</summary>
    public string? Files { get; init; }

    /// <summary>A topic of Kafka that others write, whose messages are its events or rows; null: none.</summary>
    public TopicDefinition? Topic { get; init; }

    /// <summary>How files and lines are read. A name that ends in <c>.gz</c> is decompressed first.</summary>
    public FileFormat Format { get; init; } = FileFormat.Ndjson;

    /// <summary>The entity table its rows land in (<c>lake.&lt;entity&gt;</c>); null: its rows are events and land in <c>lake.events</c>.</summary>
    public string? Entity { get; init; }

    /// <summary>For entities: the columns that identify one thing, of which <c>lake.&lt;entity&gt;</c> shows the latest version; none: every row.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>For entities: the columns, in order.</summary>
    public IReadOnlyList<FieldDefinition> Fields { get; init; } = [];

    /// <summary>The IANA zone of times that carry none; null: such times are quarantined.</summary>
    public string? TimeZone { get; init; }

    /// <summary>How duplicates are recognised.</summary>
    public DedupeRule Dedupe { get; init; } = DedupeRule.IdAndClientHour;

    /// <summary>For sources without ids of their own: the payload's members whose values together are the id; none: <c>event_id</c>/<c>messageId</c>.</summary>
    public IReadOnlyList<string> IdFields { get; init; } = [];

    /// <summary>Whether an event with neither user id nor anonymous id is quarantined.</summary>
    public bool RequireIdentity { get; init; } = true;

    /// <summary>What becomes of events that no contract has.</summary>
    public UnknownEvents UnknownEvents { get; init; } = UnknownEvents.Allow;

    /// <summary>The version of their contract that events have which name none; null: the newest that has their name.</summary>
    public string? SchemaVersion { get; init; }

    /// <summary>How far after it was received an event's times may lie; what is further cannot be true.</summary>
    public TimeSpan MaxAhead { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long before it was received an event may have happened; null: as long as it likes.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>What becomes of those that happened earlier.</summary>
    public OldEvents OldEvents { get; init; } = OldEvents.Quarantine;

    /// <summary>Whether events of bots are dropped, and counted.</summary>
    public bool DropBots { get; init; }
}

/// <summary>How a file's bytes become records.</summary>
public enum FileFormat
{
    /// <summary>One JSON object a line.</summary>
    Ndjson,
    /// <summary>RFC 4180 with a header line; comma.</summary>
    Csv,
}

/// <summary>How duplicates of a source's events are recognised.</summary>
public enum DedupeRule
{
    /// <summary>Same id in the same hour of the client's own time; events without a time: same id within 72 hours.</summary>
    IdAndClientHour,
    /// <summary>Same id, ever (for low-volume sources).</summary>
    Id,
    /// <summary>Every row is its own: files of lines that have no id.</summary>
    None,
}

/// <summary>What becomes of events that happened longer ago than their source takes.</summary>
public enum OldEvents
{
    /// <summary>They are quarantined.</summary>
    Quarantine,
    /// <summary>They land, flagged.</summary>
    Land,
}

/// <summary>What becomes of events that no contract has.</summary>
public enum UnknownEvents
{
    /// <summary>They land as they are.</summary>
    Allow,
    /// <summary>They are quarantined.</summary>
    Quarantine,
}

/// <summary>One column of an entity.</summary>
/// <param name="Name">The column's name in the lake.</param>
/// <param name="From">The member or CSV column it is read from; JSON members may be nested with dots.</param>
/// <param name="Type">Its type.</param>
/// <param name="Required">Whether a missing or empty value quarantines the row.</param>
/// <param name="TimeZone">For times without an offset: the zone, else the source's.</param>
/// <param name="Format">For times: a .NET format to read them with, else ISO 8601 (<c>T</c> or a space).</param>
public sealed record FieldDefinition(string Name, string From, FieldType Type, bool Required = false, string? TimeZone = null, string? Format = null)
{
    /// <summary>What personal data it holds; null: as far as its name tells.</summary>
    public PersonalKind? Personal { get; init; }
}

/// <summary>A declared type: a DuckDB scalar that the lake stores.</summary>
/// <param name="Kind">Which type.</param>
/// <param name="Precision">For decimals: digits in all, 1 to 38.</param>
/// <param name="Scale">For decimals: digits after the point, 0 to <paramref name="Precision"/>.</param>
public readonly record struct FieldType(FieldKind Kind, int Precision = 0, int Scale = 0)
{
    /// <summary>The type as DuckDB writes it, for example <c>DECIMAL(18,4)</c>.</summary>
    public string Sql => Kind switch
    {
        FieldKind.Varchar or FieldKind.Json => "VARCHAR",
        FieldKind.Integer => "INTEGER",
        FieldKind.BigInt => "BIGINT",
        FieldKind.Double => "DOUBLE",
        FieldKind.Decimal => $"DECIMAL({Precision},{Scale})",
        FieldKind.Boolean => "BOOLEAN",
        FieldKind.Date => "DATE",
        FieldKind.Timestamp => "TIMESTAMP WITH TIME ZONE",
        _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, "Not a field kind."),
    };
}

/// <summary>The scalar types of entity columns.</summary>
public enum FieldKind
{
    /// <summary>Text.</summary>
    Varchar,
    /// <summary>32-bit integer.</summary>
    Integer,
    /// <summary>64-bit integer.</summary>
    BigInt,
    /// <summary>64-bit floating point.</summary>
    Double,
    /// <summary>Fixed point.</summary>
    Decimal,
    /// <summary>True or false.</summary>
    Boolean,
    /// <summary>A calendar day.</summary>
    Date,
    /// <summary>A point in time, UTC microseconds.</summary>
    Timestamp,
    /// <summary>JSON text as sent (objects and arrays).</summary>
    Json,
}
