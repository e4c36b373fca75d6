using Weir.Models.Context;
using Weir.Models.Graph;
using Weir.Models.Jinja;
using Weir.Models.Project;

namespace Weir.Models.Materialize.Changes;

/// <summary>
/// <c>weir_changed</c> and <c>weir_touched</c> for one model while it is made. On an incremental run they read only what changed since the model was last
/// published; whenever that is not known, or could not give the rows of a full refresh, the model is to be built whole.
/// </summary>
internal sealed class ChangedRows(Node node, NodeGraph graph, InputChanges inputs, Warehouse warehouse)
{
    private readonly List<string> touched = [];
    private readonly List<(string Input, string Added, string Removed)> news = [];

    /// <summary>What the model read, for the publishing transaction.</summary>
    public List<InputRead> Reads { get; } = [];

    /// <summary>Why the model cannot be made incrementally; null: it can.</summary>
    public string? WhyWhole { get; private set; }

    /// <summary>The changes it read: of which input, rows that came, rows that went.</summary>
    public IReadOnlyList<(string Input, string Added, string Removed)> News => news;

    /// <summary>Whether units were touched that a table now holds.</summary>
    public bool HasUnits => touched.Count > 0;

    /// <summary>
    /// Seeds that a model of changed rows reads as a whole, such as rates: it would not hear of another rate, so with other contents of one it is built whole.
    /// </summary>
    public void ReadSeeds(Func<Node, long> versionOf, Func<string, long?> lastRead)
    {
        foreach (var seed in node.DependsOn.Select(id => graph[id]).Where(input => input.ResourceType == "seed" && !Reads.Exists(read => read.Input == $"{input.Schema}.{input.Alias}")))
        {
            var read = new InputRead($"seed {seed.Schema}.{seed.Alias}", versionOf(seed));
            Reads.Add(read);
            if (lastRead(read.Input) != read.Version)
                WhyWhole ??= $"the seed {seed.Name} has other contents";
        }
    }

    /// <summary>The functions, as a template gets them.</summary>
    /// <param name="incremental">Without it they give everything, and only note what was read.</param>
    public Action<Scope> Offer(bool incremental) => scope => scope
        .Set("weir_changed", arguments => Changed(arguments.Require(0, "relation"), incremental))
        .Set("weir_touched", arguments => Touched(arguments.Require(0, "relation"), Keys(arguments.Require(1, "keys")), incremental));

    /// <summary>Makes the table of touched units, after the template named all inputs and before its SQL runs.</summary>
    /// <returns>A condition on the published rows of those units; null when the model does not ask for units.</returns>
    public async Task<Func<string, string>?> PrepareAsync(CancellationToken cancellation)
    {
        if (touched.Count == 0)
            return null;
        await warehouse.ExecuteAsync($"create table {warehouse.TouchedOf(node)} as ({string.Join(" union ", touched)})", cancellation);
        var keys = node.Config.Texts("unique_key");
        return _ => $"exists (select 1 from {warehouse.TouchedOf(node)} as weir_touched where {Match(keys)})";
    }

    private RelationValue Changed(object? relation, bool incremental)
    {
        var (input, whole) = Input(relation);
        var change = inputs.Since(node, input, warehouse, Reads);
        if (!incremental)
            return whole;
        if (change is null || warehouse.Query($"select 1 from (({change.Removed}) except all ({change.Added})) limit 1", row => 1).Count > 0)
        {
            // Rows that went cannot be taken back by adding rows.
            WhyWhole ??= change is null ? Unknown(input) : $"rows of {input.Name} went";
            return whole;
        }

        news.Add((input.Name, change.Added, change.Removed));
        return whole with { Text = $"(({change.Added}) except all ({change.Removed}))" };
    }

    private RelationValue Touched(object? relation, IReadOnlyList<string> keys, bool incremental)
    {
        var (input, whole) = Input(relation);
        if (keys.Count == 0 || keys.Count != node.Config.Texts("unique_key").Count)
        {
            throw Refuse.With("WEIR7091", $"weir_touched gives the rows of touched units by {(keys.Count == 0 ? "no key" : string.Join(", ", keys))}, and {node.Name} restates units by "
                + $"{(node.Config.Find("unique_key") is null ? "no unique_key" : string.Join(", ", node.Config.Texts("unique_key")))}. Give as many keys, in the same order: an expression over the input for each part of unique_key.");
        }

        var change = inputs.Since(node, input, warehouse, Reads);
        if (!incremental)
            return whole;
        if (change is null)
        {
            WhyWhole ??= Unknown(input);
            return whole;
        }

        var list = string.Join(", ", keys.Select((key, i) => $"({key}) as weir_key_{i + 1}"));
        news.Add((input.Name, change.Added, change.Removed));
        touched.Add($"select {list} from ({change.Added}) union select {list} from ({change.Removed})");
        return whole with { Text = $"(select * from {whole} where exists (select 1 from {warehouse.TouchedOf(node)} as weir_touched where {Match(keys)}))" };
    }

    private static string Unknown(Node input) => $"what changed of {input.Name} since it was read is not known";

    private static string Match(IReadOnlyList<string> keys) => string.Join(" and ", keys.Select((key, i) => $"weir_touched.weir_key_{i + 1} is not distinct from ({key})"));

    private (Node Input, RelationValue Whole) Input(object? value)
    {
        var found = value is RelationValue relation
            ? node.DependsOn.Select(id => graph[id]).FirstOrDefault(input => input.Schema == relation.Schema && (input.Alias == relation.Identifier || input.AsideAlias == relation.Identifier))
            : null;
        return (found ?? throw Refuse.With("WEIR7091", $"weir_changed and weir_touched take ref('…') or source('…', '…') of a table, and got {value ?? "nothing"}."), (RelationValue)value!);
    }

    private static IReadOnlyList<string> Keys(object? value) => value is string one ? [one] : Plain.From(value) is IEnumerable<object?> many ? [.. many.Select(NodeConfig.AsText)] : [];
}
