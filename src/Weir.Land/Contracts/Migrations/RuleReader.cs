using System.Text.Json.Nodes;
using Weir.Land.Contracts.Reading;
using Weir.Land.Evaluate;

namespace Weir.Land.Contracts.Migrations;

/// <summary>Reads one rule of a migration. Which it is, its first member says.</summary>
internal sealed class RuleReader
{
    private readonly SourceValue said;

    private RuleReader(SourceValue said) => this.said = said;

    private static readonly Dictionary<string, (string[] Members, Func<RuleReader, MigrationRule?> Read)> Kinds = new(StringComparer.Ordinal)
    {
        ["move"] = (["to"], r => r.Field("move") is { } from && r.Beside(from, "to") is { } to ? new MoveRule("move", from, to) : null),
        ["rename"] = (["to"], r => r.Field("rename") is { } from && r.Name(from, "to") is { } to ? new MoveRule("rename", from, to) : null),
        ["remove"] = ([], r => r.Field("remove") is { } field ? new RemoveRule(field) : null),
        ["cast"] = (["to"], r => r.Field("cast") is { } field && r.OneOf("to", CastRule.Types) is { } type ? new CastRule(field, type) : null),
        ["default"] = (["value"], r => r.Field("default") is { } field && r.Value("value") is { } value ? new DefaultRule(field, value) : null),
        ["map"] = (["values", "others"], r => r.Map()),
        ["unit"] = (["from", "to", "factor"], r => r.Unit()),
        ["assume_time_zone"] = (["zone"], r => r.Field("assume_time_zone") is { } field && r.Zone() is { } zone ? new TimeZoneRule(field, zone) : null),
        ["split"] = (["by", "into"], r => r.Field("split") is { } field && r.said.Text("by", true) is { } by && r.List("into", field) is { } into ? new SplitRule(field, by, into) : null),
        ["join"] = (["with", "into"], r => r.Join()),
    };

    /// <summary>The rule; null: a mistake was noted.</summary>
    public static MigrationRule? Read(SourceValue said)
    {
        if (!said.IsObject || said.Members.Count == 0)
        {
            said.Mistake($"a rule is an object that begins with one of {string.Join(", ", Kinds.Keys)}");
            return null;
        }
        var kind = said.Members[0].Name;
        if (!Kinds.TryGetValue(kind, out var reader))
        {
            var near = Spelling.Nearest(kind, Kinds.Keys);
            said.File.Mistake(said.Members[0].Offset, $"'{kind}' is no rule; {(near is null ? $"rules begin with one of {string.Join(", ", Kinds.Keys)}" : $"did you mean '{near}'?")}");
            return null;
        }
        said.RejectUnknown([kind, .. reader.Members, "$comment"], $"in a rule of kind {kind}");
        return reader.Read(new RuleReader(said));
    }

    private MapRule? Map()
    {
        if (Field("map") is not { } field) return null;
        var others = said["others"] is null ? "fail" : OneOf("others", ["fail", "keep"]);
        if (said["values"] is not { IsObject: true, Members.Count: > 0 } values)
        {
            (said["values"] ?? said).Mistake("'values' must be an object of old values and new ones");
            return null;
        }
        return others is null ? null : new MapRule(field, values.Members.DistinctBy(m => m.Name).ToDictionary(m => m.Name, m => Fields.Of(m.Value.Element), StringComparer.Ordinal), others == "keep");
    }

    private UnitRule? Unit()
    {
        if (Field("unit") is not { } field || said.Text("from", true) is not { } from || said.Text("to", true) is not { } to) return null;
        if (said["factor"]?.AsNumber is { Digits.Length: > 0 and <= 28 } factor) return new UnitRule(field, from, to, factor);
        (said["factor"] ?? said).Mistake($"'factor' must be the number of {to} in one {from}, not 0, with at most 28 digits");
        return null;
    }

    private JoinRule? Join()
    {
        if (said["join"] is not { IsArray: true, Items.Count: > 1 } list)
        {
            said["join"]!.Mistake("'join' must be a list of at least two fields");
            return null;
        }
        var fields = list.Items.Select(i => Paths.Read(i, "join")).OfType<FieldPath>().ToList();
        if (fields.Count < list.Items.Count || !Paths.AreBeside(fields[0], fields.Skip(1), list)) return null;
        return Beside(fields[0], "into") is { } into && (said["with"] is null ? "" : said.Text("with")) is { } with ? new JoinRule(fields, with, into) : null;
    }

    private FieldPath? Field(string member) => Paths.Read(said[member], member, said);

    private FieldPath? Beside(FieldPath field, string member) => Paths.Read(said[member], member, said) is { } other && Paths.AreBeside(field, [other], said[member]!) ? other : null;

    private List<FieldPath>? List(string member, FieldPath beside)
    {
        if (said[member] is not { IsArray: true, Items.Count: > 1 } list)
        {
            (said[member] ?? said).Mistake($"'{member}' must be a list of at least two fields");
            return null;
        }
        var fields = list.Items.Select(i => Paths.Read(i, member)).OfType<FieldPath>().ToList();
        return fields.Count == list.Items.Count && Paths.AreBeside(beside, fields, list) ? fields : null;
    }

    private FieldPath? Name(FieldPath field, string member)
    {
        if (said.Text(member, true) is not { } name) return null;
        if (field.Names.Count > 1 && FieldPath.IsName(name)) return field.Sibling(name);
        if (field.Names.Count == 1 && !field.IsInArray) said[member]!.Mistake($"'{field}' is a column; move it");
        else if (!FieldPath.IsName(name)) said[member]!.Mistake("a new name has no dots; to put it elsewhere, move it");
        else return field.Sibling(name);
        return null;
    }

    private string? OneOf(string member, IReadOnlyList<string> known)
    {
        if (said.Text(member, true) is not { } text || known.Contains(text)) return said.Text(member);
        said[member]!.Mistake($"'{member}' must be one of {string.Join(", ", known)}");
        return null;
    }

    private JsonNode? Value(string member)
    {
        if (said[member] is { } value && Fields.Of(value.Element) is { } node) return node;
        (said[member] ?? said).Mistake($"'{member}' is missing or null");
        return null;
    }

    private LocalTimes? Zone()
    {
        if (said.Text("zone", true) is not { } name) return null;
        if (LocalTimes.TryOf(name) is { } zone) return zone;
        said["zone"]!.Mistake($"'{name}' is no time zone of the tz database, such as Europe/Berlin or UTC");
        return null;
    }
}
