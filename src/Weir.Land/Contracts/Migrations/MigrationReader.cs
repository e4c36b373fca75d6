using Weir.Land.Contracts.Reading;
using Weir.Land.Contracts.Schemas;

namespace Weir.Land.Contracts.Migrations;

/// <summary>Reads the migrations of a contract: a file for each step from a version to the next.</summary>
internal static class MigrationReader
{
    /// <summary>Reads one file.</summary>
    public static Migration Read(SourceValue file, ContractVersion from, ContractVersion to)
    {
        file.RejectUnknown(["description", "rules", "examples", "$comment"], "in a migration");
        var rules = Items(file, "rules").Select(r => (Said: r, Rule: RuleReader.Read(r))).Where(r => r.Rule is not null).ToList();
        foreach (var (said, rule) in rules)
            if (rule is UnitRule unit) CheckUnit(said, unit, from, to);
        return new Migration(from.Version, to.Version, [.. rules.Select(r => r.Rule!)], [.. Items(file, "examples").Select(ReadExample).OfType<Example>()], file);
    }

    private static IReadOnlyList<SourceValue> Items(SourceValue file, string member)
    {
        if (file[member] is not { } list)
        {
            if (member == "rules") file.Mistake("'rules' is missing; write \"rules\": [] where nothing changes");
            return [];
        }
        if (list.IsArray) return list.Items;
        list.Mistake($"'{member}' must be a list");
        return [];
    }

    /// <summary>Where a schema says what a field counts, the rule must say the same.</summary>
    private static void CheckUnit(SourceValue said, UnitRule rule, ContractVersion from, ContractVersion to)
    {
        foreach (var (version, member, unit) in new[] { (from, "from", rule.From), (to, "to", rule.To) })
            if (version.Annotations.FirstOrDefault(a => a.Path == rule.Field && a.Unit is not null) is { } declared && declared.Unit != unit)
                said[member]!.Mistake($"'{rule.Field}' counts {declared.Unit} according to {version.File}, not {unit}");
    }

    private static Example? ReadExample(SourceValue said)
    {
        said.RejectUnknown(["title", "from", "to", "$comment"], "in an example");
        if (said["from"] is not { IsObject: true } from || said["to"] is not { IsObject: true } to)
        {
            said.Mistake("an example has 'from' and 'to', each an event as contracts see it: an object of columns");
            return null;
        }
        foreach (var member in from.Members.Concat(to.Members).Where(m => !EventColumn.All.ContainsKey(m.Name)))
            said.File.Mistake(member.Offset, $"'{member.Name}' is no column of lake.events that a contract can speak of{(Spelling.Nearest(member.Name, EventColumn.All.Keys) is { } near ? $"; did you mean '{near}'?" : "")}");
        return new Example(said.Text("title") ?? "", from.Element, to.Element, said);
    }
}
