using Weir.Models.Context;
using Weir.Models.Materialize;
using Weir.Models.Project;

namespace Weir.Models.Audit;

/// <summary>The rows of a unit test as SQL.</summary>
internal static class FixtureSql
{
    /// <param name="columns">The columns the rows have; those a row does not name are null.</param>
    /// <param name="what">What the rows stand for, for people.</param>
    /// <exception cref="WeirException">WEIR7077: a row names another column.</exception>
    public static string Of(UnitTestRows rows, IReadOnlyList<TableColumn> columns, string what)
    {
        if (rows.Format == "sql")
            return rows.Text ?? "";
        foreach (var name in rows.Rows.SelectMany(row => row.Keys).Where(name => !columns.Any(column => Same(column, name))))
            throw new WeirException("WEIR7077", $"a row for {what} names the column '{name}', which it has not.{Suggest.Near(name, columns.Select(column => column.Name))}");
        return rows.Rows.Count == 0
            ? $"select {string.Join(", ", columns.Select(column => Value(null, column)))} limit 0"
            : string.Join("\nunion all\n", rows.Rows.Select(row => "select " + string.Join(", ", columns.Select(column => Value(row.FirstOrDefault(pair => Same(column, pair.Key)).Value, column)))));
    }

    private static string Value(object? value, TableColumn column)
    {
        var text = value is null ? "null" : "'" + NodeConfig.AsText(value).Replace("'", "''", StringComparison.Ordinal) + "'";
        return $"cast({text} as {column.Type}) as {RelationValue.Quoted(column.Name)}";
    }

    private static bool Same(TableColumn column, string name) => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
