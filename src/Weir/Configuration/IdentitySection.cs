using System.Text.RegularExpressions;
using Weir.Identity;

namespace Weir.Configuration;

/// <summary>The project's <c>identity/rules.yml</c>; what it leaves out is as without it.</summary>
internal static partial class IdentitySection
{
    private const string File = "rules.yml";
    private static readonly Dictionary<string, bool> Versions = new() { ["latest"] = false, ["all"] = true };

    /// <summary>Whether the project has customers: the folder is there.</summary>
    public static bool IsDeclared(ProjectSettings settings) => Directory.Exists(Path.Combine(settings.Folder, IdentityRules.Folder));

    /// <exception cref="WeirException">WEIR1023: the file has mistakes.</exception>
    public static IdentityRules Read(ProjectSettings settings)
    {
        var file = Path.Combine(settings.Folder, IdentityRules.Folder, File);
        var rules = IdentityRules.Default(settings.Sources);
        if (!System.IO.File.Exists(file)) return rules;
        var mistakes = new List<string>();
        var root = YamlSection.Load(file, mistakes);
        var kinds = root.Section("kinds");
        rules = rules with
        {
            Strong = Kinds(kinds, "strong", rules.Strong),
            Weak = Kinds(kinds, "weak", rules.Weak),
            Junk = [.. rules.Junk.Concat(root.Texts("junk").Select(j => j.Trim().ToLowerInvariant())).Distinct()],
            MostPartners = (int)Math.Min(root.Count("most_partners", rules.MostPartners), int.MaxValue),
            SuspectSize = (int)Math.Min(root.Count("suspect_size", rules.SuspectSize), int.MaxValue),
        };
        if (rules.Strong.Intersect(rules.Weak).FirstOrDefault() is { } both) kinds?.Mistake("weak", $"has '{both}', which is strong already");
        if (root.Section("evidence") is { } evidence) rules = rules with { Evidence = [.. evidence.Keys.Select(table => Rule(evidence, table, rules)).OfType<EvidenceRule>()] };
        kinds?.RejectUnknown();
        root.RejectUnknown();
        return mistakes.Count == 0 ? rules : throw new WeirException("WEIR1023",
            $"{file} has {(mistakes.Count == 1 ? "a mistake" : $"{mistakes.Count} mistakes")}:{Environment.NewLine}" + string.Join(Environment.NewLine, mistakes.Distinct().Select(m => $"  {m}")));
    }

    private static IReadOnlyList<string> Kinds(YamlSection? section, string key, IReadOnlyList<string> otherwise)
    {
        if (section is null || section.Texts(key) is not { Count: > 0 } kinds) return otherwise;
        foreach (var wrong in kinds.Where(k => !KindName().IsMatch(k))) section.Mistake(key, $"has '{wrong}', but a kind is lower-case letters, digits and _");
        if (kinds.Count > 200) section.Mistake(key, $"has {kinds.Count} kinds, but at most 200 are told apart");
        return [.. kinds.Distinct()];
    }

    private static EvidenceRule? Rule(YamlSection evidence, string table, IdentityRules rules)
    {
        if (evidence.Section(table) is not { } section)
        {
            evidence.Mistake(table, "must say which columns are 'ids'");
            return null;
        }
        var ids = section.Section("ids");
        List<IdColumn> columns = [.. from kind in ids?.Keys ?? [] from sql in ids!.Texts(kind) select new IdColumn(kind, sql)];
        foreach (var unknown in columns.Where(c => !rules.Strong.Contains(c.Kind) && !rules.Weak.Contains(c.Kind)))
            ids!.Mistake(unknown.Kind, $"is no kind of ids; there are {string.Join(", ", rules.Strong.Concat(rules.Weak))}");
        if (!columns.Exists(c => rules.Strong.Contains(c.Kind))) section.Mistake("ids", $"must have a strong one: {string.Join(", ", rules.Strong)}");
        var rule = new EvidenceRule(table, columns, section.Text("at") ?? (table == "events" ? "event_time" : "received_at"), section.Choice("versions", false, Versions));
        section.RejectUnknown();
        return rule;
    }

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex KindName();
}
