using System.Text.Json;

namespace Weir.Models.Lineage.Sql;

/// <summary>Functions behind FROM: what they give comes from their arguments.</summary>
internal sealed class TableFunctions(Expressions expressions, Functions functions, Func<JsonElement, NameScope, Shape> query)
{
    private static readonly HashSet<string> OneColumn = ["generate_series", "range", "unnest"];

    public Shape Read(JsonElement node, NameScope outer)
    {
        var function = node.GetProperty("function");
        var name = function.Text("function_name");
        var scope = new NameScope(outer, outer.Ctes) { From = outer.From };
        var origins = expressions.Function(function, scope).Derived();
        if (node.Part("subquery") is { } input && input.Part("node") is { } rows)
            origins = origins.And(query(rows, outer).Row());
        if (functions.Hides(name) is { } why)
            return Shape.Unknown(why);
        var influences = origins.And(scope.Influences).Derived(); // how many rows there are is in the arguments, too
        if (!OneColumn.Contains(name) || function.Parts("children").Any(argument => argument.Text("alias").Length > 0))
            return new Shape([], influences, _ => origins);
        List<Column> columns = [new Column(name, origins)];
        if (node.Text("with_ordinality") == "WITH_ORDINALITY")
            columns.Add(new Column("ordinality", Origins.None));
        return new Shape(columns, influences);
    }
}
