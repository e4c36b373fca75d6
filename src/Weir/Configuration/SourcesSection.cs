using System.Globalization;
using System.Text.RegularExpressions;
using Weir.Sources;

namespace Weir.Configuration;

/// <summary>The <c>sources</c> of <c>weir.yml</c>.</summary>
internal static partial class SourcesSection
{
    private static readonly Dictionary<string, FileFormat> Formats = new() { ["ndjson"] = FileFormat.Ndjson, ["csv"] = FileFormat.Csv };

    private static readonly Dictionary<string, DedupeRule> Rules = new()
    {
        ["id_and_hour"] = DedupeRule.IdAndClientHour,
        ["id"] = DedupeRule.Id,
        ["none"] = DedupeRule.None,
    };

    private static readonly Dictionary<string, OldEvents> Old = new() { ["quarantine"] = OldEvents.Quarantine, ["land"] = OldEvents.Land };

    private static readonly Dictionary<string, bool> Bots = new() { ["keep"] = false, ["drop"] = true };

    private static readonly Dictionary<string, UnknownEvents> Unknown = new() { ["allow"] = UnknownEvents.Allow, ["quarantine"] = UnknownEvents.Quarantine };

    private static readonly Dictionary<string, FieldKind> Kinds = new()
    {
        ["varchar"] = FieldKind.Varchar,
        ["integer"] = FieldKind.Integer,
        ["bigint"] = FieldKind.BigInt,
        ["double"] = FieldKind.Double,
        ["boolean"] = FieldKind.Boolean,
        ["date"] = FieldKind.Date,
        ["timestamp"] = FieldKind.Timestamp,
        ["json"] = FieldKind.Json,
    };

    private static readonly string[] ReservedEntities = ["events", "quarantine", "ledger"];
    private static readonly string[] ReservedColumns = ["received_at", "_stream", "_position", "source", "date"];

    public static IReadOnlyList<SourceDefinition> Read(YamlSection root)
    {
        if (root.Section("sources") is not { } section) return [];
        var sources = section.Keys.Select(name => (name, source: section.Section(name))).Where(s => s.source is not null)
            .Select(s => ReadSource(section, s.name, s.source!)).ToList();
        foreach (var twice in sources.SelectMany(s => s.WriteKeys.Select(k => (s.Name, Key: k))).GroupBy(k => k.Key).Where(g => g.Count() > 1))
            section.Mistake(twice.Last().Name, $"has the write key '{twice.Key}', which {twice.First().Name} has already; a key belongs to one source");
        foreach (var twice in sources.Where(s => s.Entity is not null).GroupBy(s => s.Entity).Where(g => g.Count() > 1))
            section.Mistake(twice.Last().Name, $"lands in the entity '{twice.Key}', as {twice.First().Name} does; an entity has one source");
        return sources;
    }

    private static SourceDefinition ReadSource(YamlSection parent, string name, YamlSection section)
    {
        if (!NamePattern().IsMatch(name)) parent.Mistake(name, "is not a source's name: lower-case letters, digits, _ and -, at most 40, a letter first");
        var zone = TimeZones.Check(section, "time_zone");
        var entity = section.Text("entity");
        if (entity is not null && (!ColumnPattern().IsMatch(entity) || ReservedEntities.Contains(entity)))
            section.Mistake("entity", $"is '{entity}', but must be lower-case letters, digits and _, at most 63, and none of {string.Join(", ", ReservedEntities)}");
        var fields = section.Sections("fields").Select(ReadField).ToList();
        foreach (var twice in fields.GroupBy(f => f.Name).Where(g => g.Count() > 1)) section.Mistake("fields", $"names '{twice.Key}' twice");
        var key = section.Texts("key");
        foreach (var column in key.Where(k => fields.All(f => f.Name != k))) section.Mistake("key", $"names '{column}', which is not among the fields: {string.Join(", ", fields.Select(f => f.Name))}");
        foreach (var column in fields.Where(f => key.Contains(f.Name) && f.Personal is not (null or PersonalKind.None) && f.Type.Kind is not FieldKind.Varchar))
            section.Mistake("key", $"names '{column.Name}', which is personal and no varchar: no number or day can stand for another. Declare it as varchar");
        if (entity is not null && fields.Count == 0) section.Mistake("fields", "is required for an entity: its columns, each with name and type");
        if (entity is null && fields.Count > 0) section.Mistake("fields", "belongs to an entity; name the table with 'entity', or leave the fields out for events");
        var source = new SourceDefinition
        {
            Name = name,
            WriteKeys = section.Texts("write_keys"),
            RateLimit = ReadRate(section),
            Origins = ReadOrigins(section),
            Files = section.Text("files"),
            Topic = TopicSection.Read(section),
            Format = section.Choice("format", FileFormat.Ndjson, Formats),
            Entity = entity,
            Key = key,
            Fields = fields,
            TimeZone = zone,
            Dedupe = section.Choice("dedupe", entity is null ? DedupeRule.IdAndClientHour : DedupeRule.None, Rules),
            IdFields = section.Texts("id_fields"),
            RequireIdentity = section.Boolean("require_identity", entity is null),
            UnknownEvents = section.Choice("unknown_events", UnknownEvents.Allow, Unknown),
            SchemaVersion = section.Text("schema_version"),
            MaxAhead = section.Duration("max_ahead", TimeSpan.FromHours(24)),
            MaxAge = section.Duration("max_age", TimeSpan.Zero) is { Ticks: > 0 } age ? age : null,
            OldEvents = section.Choice("old_events", OldEvents.Quarantine, Old),
            DropBots = section.Choice("bots", false, Bots),
        };
        _ = section.Section("retention"); // read with the environment's: RetentionSection
        section.RejectUnknown();
        return source;
    }

    private static int? ReadRate(YamlSection section)
    {
        if (section.Text("rate_limit") is not { } text) return null;
        if (RatePattern().Match(text) is { Success: true } match && int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var rate) && rate > 0) return rate;
        section.Mistake("rate_limit", $"is '{text}', but must be events a second, such as 5000/s");
        return null;
    }

    private static IReadOnlyList<string> ReadOrigins(YamlSection section)
    {
        var origins = section.Texts("origins");
        foreach (var origin in origins.Where(o => !OriginPattern().IsMatch(o)))
            section.Mistake("origins", $"has '{origin}', but an origin is scheme, host and port as browsers send them, such as https://shop.example or http://localhost:3000, without a path");
        return origins;
    }

    private static FieldDefinition ReadField(YamlSection section)
    {
        var name = section.RequiredText("name");
        if (name.Length > 0 && (!ColumnPattern().IsMatch(name) || ReservedColumns.Contains(name)))
            section.Mistake("name", $"is '{name}', but must be lower-case letters, digits and _, at most 63, and none of {string.Join(", ", ReservedColumns)}");
        var text = section.Text("type") ?? "varchar";
        if (ParseType(text) is not { } type)
        {
            section.Mistake("type", $"is '{text}', but must be one of {string.Join(", ", Kinds.Keys)} or decimal(precision,scale) with precision 1 to 38 and scale 0 to precision");
            type = new FieldType(FieldKind.Varchar);
        }
        var field = new FieldDefinition(name, section.Text("from") ?? name, type, section.Boolean("required", false), TimeZones.Check(section, "time_zone"), section.Text("format"))
        {
            Personal = section.Text("pii") is null ? null : section.Choice("pii", PersonalKind.None, PersonalKinds.ByName),
        };
        section.RejectUnknown();
        return field;
    }

    private static FieldType? ParseType(string text)
    {
        if (Kinds.TryGetValue(text, out var kind)) return new FieldType(kind);
        var match = DecimalPattern().Match(text);
        if (!match.Success) return null;
        var precision = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        var scale = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
        return precision is >= 1 and <= 38 && scale <= precision ? new FieldType(FieldKind.Decimal, precision, scale) : null;
    }

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,39}$")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^(\d{1,9})\s*/\s*s$")]
    private static partial Regex RatePattern();

    [GeneratedRegex("^[a-z][a-z0-9+.-]*://[^/?#\\s]+$", RegexOptions.IgnoreCase)]
    private static partial Regex OriginPattern();

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,62}$")]
    private static partial Regex ColumnPattern();

    [GeneratedRegex(@"^decimal\(\s*(\d{1,2})\s*,\s*(\d{1,2})\s*\)$")]
    private static partial Regex DecimalPattern();
}
