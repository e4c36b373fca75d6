using System.Text.Json;

namespace Weir.Models.Lineage.Sql;

/// <summary>Two tables beside each other. What joins them decides rows; a column of USING is there once.</summary>
internal sealed class Joins(Expressions expressions, Func<JsonElement, NameScope, From> read)
{
    public From Read(JsonElement node, NameScope outer)
    {
        var left = read(node.GetProperty("left"), outer);
        var right = read(node.GetProperty("right"), new NameScope(outer, outer.Ctes) { From = left });
        var kind = node.Text("join_type");
        var both = new From([.. left.Tables, .. right.Tables], [.. left.Star, .. right.Star], left.Influences.And(right.Influences));
        var scope = new NameScope(outer, outer.Ctes) { From = both };
        if (node.Part("condition") is { } condition)
            scope.Influence(expressions.Read(condition, scope));

        var shared = Shared(node, left, right);
        var merged = new List<Column>();
        foreach (var name in shared)
        {
            var (ours, theirs) = (Of(left, name), Of(right, name));
            scope.Influence(ours.And(theirs));
            merged.Add(new Column(name, kind switch { "RIGHT" => theirs, "FULL" or "OUTER" => ours.And(theirs).Derived(), _ => ours }));
        }

        if (node.Text("ref_type") == "NATURAL" && (left.Open.Any() || right.Open.Any()))
            scope.Influence(Origins.Unknown("a NATURAL join is of columns that are not all known"));
        var star = left.Star.Select(column => merged.Find(shared => column.Name is not null && shared.Is(column.Name)) is { } one ? column with { Origins = one.Origins } : column).ToList();
        if (kind is "SEMI" or "ANTI")
            return new From(left.Tables, star, both.Influences.And(scope.Influences));
        star.AddRange(right.Star.Where(column => column.Name is null || !shared.Contains(column.Name, StringComparer.OrdinalIgnoreCase)));
        return new From(both.Tables, star, both.Influences.And(scope.Influences));
    }

    private static List<string> Shared(JsonElement node, From left, From right) => node.Text("ref_type") == "NATURAL"
        ? [.. left.Star.Where(column => column.Name is not null && right.Find(column.Name) is not null).Select(column => column.Name!)]
        : node.Texts("using_columns");

    private static Origins Of(From side, string name) => side.Find(name) ?? side.FindOpen(name) ?? Origins.Unknown($"there is no column {name} to join by");
}
