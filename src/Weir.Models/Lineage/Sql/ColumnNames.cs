using System.Text.Json;

namespace Weir.Models.Lineage.Sql;

/// <summary>What DuckDB calls a column that has no alias.</summary>
internal static class ColumnNames
{
    /// <summary>Null for what nobody would write as a name.</summary>
    public static string? Of(JsonElement expression)
    {
        if (expression.Text("alias") is { Length: > 0 } alias)
            return alias;
        if (expression.Text("class") == "COLUMN_REF")
            return expression.Texts("column_names")[^1];
        if (expression.Text("class") != "FUNCTION" || expression.Flag("is_operator") || expression.Part("filter") is not null)
            return null;
        var arguments = expression.Parts("children").Select(argument => argument.Text("class") == "COLUMN_REF" ? string.Join('.', argument.Texts("column_names")) : null).ToList();
        return arguments.Contains(null) ? null : $"{expression.Text("function_name")}({string.Join(", ", arguments)})";
    }
}
