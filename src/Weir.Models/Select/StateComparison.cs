using System.Text.Json;
using Weir.Models.Artifacts;
using Weir.Models.Project;

namespace Weir.Models.Select;

/// <summary>
/// <c>state:</c>, <c>result:</c> and <c>source_status:</c>: what differs from an earlier run. A description alone is no change, white space in a model is one, and a changed macro changes
/// all that call it.
/// </summary>
/// <param name="previous">The run to compare with; null when <c>--state</c> was not given.</param>
/// <param name="target">The project's own target folder, for what is current.</param>
internal sealed class StateComparison(LoadedProject project, PreviousRun? previous, string target)
{
    private static readonly string[] Kinds =
        ["new", "old", "modified", "unmodified", "modified.body", "modified.configs", "modified.persisted_descriptions", "modified.relation", "modified.macros", "modified.contract"];

    /// <summary>Settings whose change shows elsewhere (the relation) or means nothing for the rows.</summary>
    private static readonly string[] NotCompared = ["schema", "alias", "database", "tags", "group", "docs"];

    private readonly ManifestNode writer = new(project, project.Target.Database, storeFailures: false);
    private HashSet<string>? changedMacros;

    /// <exception cref="WeirException">WEIR7043: there is nothing to compare with. WEIR7017: there is no such kind of change.</exception>
    public bool Matches(Node node, Criterion criterion)
    {
        var kind = criterion.Value;
        if (!Kinds.Contains(kind))
            throw new WeirException("WEIR7017", $"'{kind}' in '{criterion.Text}' is no kind of state.{Suggest.Near(kind, Kinds)} There are: {string.Join(", ", Kinds)}.");
        var known = Run("state").Nodes.TryGetValue(node.UniqueId, out var old);
        switch (kind)
        {
            case "new":
                return !known;
            case "old":
                return known;
            case "modified.macros":
                return CallsChanged(node);
            case "modified":
                return !known || IsModified(node, old);
            case "unmodified":
                return known && !IsModified(node, old);
        }

        if (node.IsSource || node.Exposure is not null || node.IsUnitTest)
            return kind == "modified.configs" && (!known || !SameConfig(node, old));
        return !known || !(kind switch
        {
            "modified.body" => SameBody(node, old),
            "modified.configs" => SameConfig(node, old),
            "modified.relation" => SameRelation(node, old),
            "modified.contract" => SameContract(node, old),
            _ => SamePersistedDescription(),
        });
    }

    public bool HasResult(Node node, string status) => Run("result").Statuses.GetValueOrDefault(node.UniqueId) == status;

    /// <summary>Whether a source has newer rows than when the earlier run looked.</summary>
    public bool IsFresher(Node node, string value)
    {
        if (value != "fresher")
            throw new WeirException("WEIR7017", $"'source_status:{value}' is not possible. There is: source_status:fresher.");
        var before = Run("source_status").LoadedAt;
        return new PreviousRun(target).LoadedAt.TryGetValue(node.UniqueId, out var now)
            && (!before.TryGetValue(node.UniqueId, out var then) || string.CompareOrdinal(now, then) > 0);
    }

    private PreviousRun Run(string method) =>
        previous ?? throw new WeirException("WEIR7043", $"the selector method '{method}:' compares with an earlier run: name the folder of its artifacts with --state.");

    private bool IsModified(Node node, JsonElement old) => !Same(node, old) || CallsChanged(node);

    private bool Same(Node node, JsonElement old)
    {
        if (node.IsUnitTest)
            return SameIn(node, old, "model", "given", "expect", "overrides");
        if (node.Exposure is not null)
            return SameIn(node, old, "fqn", "type", "owner", "url", "label", "maturity", "description", "depends_on");
        if (node.IsSource)
            return SameIn(node, old, "fqn", "database", "schema", "identifier", "loader", "freshness", "loaded_at_field") && SameConfig(node, old);
        return (node.GenericTest is not null || SameBody(node, old)) && SameConfig(node, old) && SameIn(node, old, "fqn") && (node.GenericTest is not null || (SameRelation(node, old) && SameContract(node, old)));
    }

    private bool SameBody(Node node, JsonElement old) => node.ResourceType == "seed" ? SameIn(node, old, "checksum") : SameIn(node, old, "raw_code");

    private static bool SamePersistedDescription() => true; // nothing is persisted: persist_docs is not run

    private bool SameRelation(Node node, JsonElement old) => SameIn(node, old, "schema", "alias");

    private static bool SameContract(Node node, JsonElement old)
    {
        if (node.ResourceType != "model")
            return true;
        return old.TryGetProperty("contract", out var contract) && contract.TryGetProperty("checksum", out var checksum)
            ? checksum.ToString() == (ContractChecksum.Of(node) ?? "")
            : ContractChecksum.Of(node) is null;
    }

    private bool SameConfig(Node node, JsonElement old)
    {
        var now = Json(writer.Of(node)).GetProperty("unrendered_config");
        var then = old.TryGetProperty("unrendered_config", out var config) ? config : JsonDocument.Parse("{}").RootElement;
        var keys = now.EnumerateObject().Concat(then.EnumerateObject()).Select(setting => setting.Name).Distinct().Except(NotCompared);
        return keys.All(key => SameValue(Member(now, key), Member(then, key)));
    }

    private bool SameIn(Node node, JsonElement old, params string[] members)
    {
        var now = Json(writer.Of(node));
        return members.All(member => member == "depends_on"
            ? SameValue(Member(now.GetProperty(member), "nodes"), Member(old.GetProperty(member), "nodes"))
            : SameValue(Member(now, member), Member(old, member)));
    }

    private static JsonElement? Member(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

    private static bool SameValue(JsonElement? a, JsonElement? b) => a is { } x && b is { } y ? JsonElement.DeepEquals(x, y) : IsNothing(a) && IsNothing(b);

    private static bool IsNothing(JsonElement? value) => value is not { } some
        || (some.ValueKind == JsonValueKind.Array && some.GetArrayLength() == 0) || (some.ValueKind == JsonValueKind.Object && !some.EnumerateObject().Any());

    private bool CallsChanged(Node node)
    {
        changedMacros ??= ChangedMacros();
        return changedMacros.Count > 0 && Reaches(node.Macros, []);
    }

    private bool Reaches(IEnumerable<string> ids, HashSet<string> seen) =>
        ids.Any(id => seen.Add(id) && (changedMacros!.Contains(id) || (project.Macros.All.FirstOrDefault(place => MacroCalls.IdOf(place) == id) is { } place && Reaches(project.MacroCalls.Of(place), seen))));

    /// <summary>Only those of the project and its packages: dbt's own are part of the program.</summary>
    private HashSet<string> ChangedMacros()
    {
        var before = Run("state").Macros;
        var now = project.Macros.All.ToDictionary(MacroCalls.IdOf, MacroCalls.TextOf);
        var packages = project.Packages.Select(package => package.Name).ToHashSet();
        return [.. now.Where(macro => !before.TryGetValue(macro.Key, out var text) || text.Trim() != macro.Value.Trim()).Select(macro => macro.Key),
            .. before.Keys.Where(id => packages.Contains(id.Split('.')[1]) && !now.ContainsKey(id))];
    }

    private static JsonElement Json(Dictionary<string, object?> value) => JsonDocument.Parse(ArtifactJson.Bytes(value)).RootElement;
}
