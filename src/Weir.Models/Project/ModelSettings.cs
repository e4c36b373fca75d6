namespace Weir.Models.Project;

/// <summary>Checks how a model is made: its materialisation, its incremental strategy, its contract.</summary>
internal sealed class ModelSettings(Problems problems)
{
    private static readonly string[] Materializations = ["table", "view", "incremental", "ephemeral"];

    public void Check(Node node)
    {
        var config = node.Config;
        if (config.Find("materialized") is { } materialized && !Materializations.Contains(node.Materialized))
        {
            var known = node.Materialized is "snapshot" or "external" or "materialized_view" or "table_function";
            problems.Add("WEIR7013", materialized.File, materialized.Line, known
                ? $"the materialisation '{node.Materialized}' is dbt's, but Weir does not run it yet. There are: {string.Join(", ", Materializations)}."
                : $"'{node.Materialized}' is not a materialisation.{Suggest.Near(node.Materialized, Materializations)} There are: {string.Join(", ", Materializations)}.");
        }

        if (node.Materialized == "incremental")
            IncrementalSettings.Check(config, problems);
        CheckShape(config);
        ContractSettings.Check(node, problems);
    }

    private void CheckShape(NodeConfig config)
    {
        if (config.Find("contract") is not { } contract)
            return;
        if (contract.Value is not IReadOnlyDictionary<string, object?>)
            problems.Add("WEIR7005", contract.File, contract.Line, "'contract' must be a mapping: `contract: {enforced: true}`.");
        SettingValues.CheckKeys(contract, "'contract'", ["enforced", "alias_types"], problems);
    }
}
