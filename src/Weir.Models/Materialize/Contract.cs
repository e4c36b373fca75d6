using Weir.Models.Context;
using Weir.Models.Project;

namespace Weir.Models.Materialize;

/// <summary>An enforced contract: the columns, types and constraints that schema.yml promises.</summary>
internal sealed class Contract
{
    private readonly Node node;

    private Contract(Node node) => this.node = node;

    /// <summary>Null when the model has none, or does not enforce it.</summary>
    public static Contract? Of(Node node) =>
        node.Config.Find("contract")?.Value is IReadOnlyDictionary<string, object?> contract && contract.TryGetValue("enforced", out var enforced) && NodeConfig.AsText(enforced) is "True" or "true"
            ? new Contract(node)
            : null;

    /// <summary>The inside of the parentheses of a CREATE TABLE.</summary>
    public string Definition => string.Join(", ", node.Columns
        .Select(column => $"{RelationValue.Quoted(column.Name)} {column.DataType}{string.Concat(column.Constraints.Select(constraint => " " + constraint.OnColumn()))}")
        .Concat(node.Constraints.Select(constraint => constraint.OnTable())));

    /// <param name="given">What the model returns.</param>
    /// <param name="typeName">DuckDB's own name of a type: <c>int</c> is <c>INTEGER</c>.</param>
    /// <exception cref="WeirException">WEIR7073: the model returns something else.</exception>
    public void Check(IReadOnlyList<TableColumn> given, Func<string, string> typeName)
    {
        var promised = node.Columns.ToDictionary(column => column.Name, column => typeName(column.DataType!), StringComparer.OrdinalIgnoreCase);
        var returned = given.ToDictionary(column => column.Name, column => column.Type, StringComparer.OrdinalIgnoreCase);
        var wrong = promised.Where(column => !returned.ContainsKey(column.Key)).Select(column => $"{column.Key} ({column.Value}) is in the contract, but not returned")
            .Concat(returned.Where(column => !promised.ContainsKey(column.Key)).Select(column => $"{column.Key} ({column.Value}) is returned, but not in the contract"))
            .Concat(returned.Where(column => promised.TryGetValue(column.Key, out var type) && type != column.Value).Select(column => $"{column.Key} is returned as {column.Value}, and the contract says {promised[column.Key]}"))
            .Order(StringComparer.Ordinal).ToList();
        if (wrong.Count > 0)
            throw new WeirException("WEIR7073", $"the model does not keep its contract: {string.Join("; ", wrong)}. Change the SQL, with a cast where only the type differs, or the contract in schema.yml.")
            {
                Data = { [SchemaChange.ColumnKey] = given.FirstOrDefault(column => !promised.TryGetValue(column.Name, out var type) || type != column.Type).Name },
            };
    }
}
