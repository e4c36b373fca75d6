using Weir.Models.Context;
using Weir.Models.Project;

namespace Weir.Models.Materialize;

/// <summary>A column and its type, as DuckDB describes them.</summary>
internal readonly record struct TableColumn(string Name, string Type);

/// <summary>
/// What becomes of the columns when an incremental model returns others than its table has (<c>on_schema_change</c>). A column that changed its type is an
/// error in every mode: the rows of before cannot be trusted to mean the same.
/// </summary>
/// <param name="Columns">The columns of the table from now on.</param>
/// <param name="Changed">Whether that is another list than before.</param>
internal sealed record SchemaChange(IReadOnlyList<TableColumn> Columns, bool Changed)
{
    /// <summary>In an exception's data: the column that is wrong, so that its line can be shown.</summary>
    public const string ColumnKey = "column";

    /// <param name="table">The published table's columns.</param>
    /// <param name="given">What the model returns.</param>
    /// <param name="widens">Whether every value of the first type is one of the second (INTEGER in BIGINT).</param>
    public static SchemaChange Of(Node node, string mode, IReadOnlyList<TableColumn> table, IReadOnlyList<TableColumn> given, Func<string, string, bool> widens)
    {
        var relation = $"{node.Schema}.{node.Alias}";
        var missing = table.Where(column => !Has(given, column)).ToList();
        var added = given.Where(column => !Has(table, column)).ToList();
        foreach (var column in given)
        {
            var before = table.FirstOrDefault(known => Same(known, column));
            if (before.Name is not null && before.Type != column.Type && !widens(column.Type, before.Type))
            {
                throw new WeirException("WEIR7070", $"the column {column.Name} is {before.Type} in {relation}, and the model now returns {column.Type}. "
                    + $"Cast it (`cast({column.Name} as {before.Type})`), or build the table anew with --full-refresh.") { Data = { [ColumnKey] = column.Name } };
            }
        }

        switch (mode)
        {
            case "fail" when missing.Count + added.Count > 0:
                throw new WeirException("WEIR7071", $"the model and {relation} have other columns{Names("; only the model has", added)}{Names("; only the table has", missing)}. "
                    + "Build the table anew with --full-refresh, or set on_schema_change to append_new_columns or sync_all_columns.");
            case "append_new_columns":
                return new SchemaChange([.. table, .. added], added.Count > 0);
            case "sync_all_columns":
                return new SchemaChange([.. table.Where(column => Has(given, column)), .. added], added.Count + missing.Count > 0);
            case "ignore" when missing.Count > 0:
                throw new WeirException("WEIR7022", $"the table {relation} has the column {string.Join(", ", missing.Select(column => column.Name))}, which the model no longer returns. "
                    + "Return it again, build the table anew with --full-refresh, or set on_schema_change to append_new_columns or sync_all_columns.");
            default:
                return new SchemaChange(table, false);
        }
    }

    /// <summary>The columns of a select over rows that have only <paramref name="present"/>; the others are null.</summary>
    public string Select(IReadOnlyList<TableColumn> present) => string.Join(", ", Columns.Select(column =>
        Has(present, column) ? $"cast({RelationValue.Quoted(column.Name)} as {column.Type}) as {RelationValue.Quoted(column.Name)}" : $"cast(null as {column.Type}) as {RelationValue.Quoted(column.Name)}"));

    private static bool Has(IReadOnlyList<TableColumn> columns, TableColumn column) => columns.Any(other => Same(other, column));

    private static bool Same(TableColumn one, TableColumn other) => one.Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase);

    private static string Names(string what, List<TableColumn> columns) => columns.Count == 0 ? "" : $"{what} {string.Join(", ", columns.Select(column => column.Name))}";
}
