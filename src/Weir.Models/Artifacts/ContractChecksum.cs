using System.Security.Cryptography;
using System.Text;
using Weir.Models.Audit;
using Weir.Models.Project;

namespace Weir.Models.Artifacts;

/// <summary>dbt's checksum of an enforced contract, over Python's text of its columns and constraints: dbt compares it with the one of an earlier run.</summary>
internal static class ContractChecksum
{
    /// <returns>Null when no contract is enforced.</returns>
    public static string? Of(Node node)
    {
        if (Materialize.Contract.Of(node) is null)
            return null;
        var text = new StringBuilder();
        foreach (var column in node.Columns.OrderBy(column => column.Name, StringComparer.Ordinal))
            text.Append('|').Append(column.Name).Append(column.DataType ?? "None").Append(Texts(column.Constraints, onTable: false));
        if (node.Materialized is "table" or "incremental")
            text.Append(node.Materialized).Append(Texts(node.Constraints, onTable: true));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Texts(IReadOnlyList<Constraint> constraints, bool onTable) => $"[{string.Join(", ", constraints.Select(constraint =>
        $"{(onTable ? "Model" : "Column")}LevelConstraint(type=<ConstraintType.{constraint.Type}: '{constraint.Type}'>, name={Python.Repr(constraint.Name)}, expression={Python.Repr(constraint.Expression)}, "
        + $"warn_unenforced=True, warn_unsupported=True, to=None, to_columns=[]{(onTable ? $", columns={Python.Repr(constraint.Columns.Cast<object?>().ToList())}" : "")})"))}]";
}
