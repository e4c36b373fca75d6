namespace Weir.Models.Project;

/// <summary>Checks that an enforced contract can be enforced.</summary>
internal static class ContractSettings
{
    public static void Check(Node node, Problems problems)
    {
        if (Materialize.Contract.Of(node) is null)
            return;
        var setting = node.Config.Find("contract")!.Value;
        if (node.Columns.Count == 0)
            problems.Add("WEIR7005", setting.File, setting.Line, $"{node.Name} has an enforced contract and no columns: list them in schema.yml, each with its data_type.");
        foreach (var column in node.Columns.Where(column => string.IsNullOrWhiteSpace(column.DataType)))
            problems.Add("WEIR7005", setting.File, setting.Line, $"{node.Name} has an enforced contract, and its column '{column.Name}' has no data_type.");
        if (node.Materialized == "incremental" && node.Config.Text("on_schema_change") is not ("append_new_columns" or "fail"))
            problems.Add("WEIR7005", setting.File, setting.Line, $"{node.Name} is incremental and has an enforced contract: set on_schema_change to append_new_columns or fail, or its columns may leave the contract unnoticed.");
    }
}
