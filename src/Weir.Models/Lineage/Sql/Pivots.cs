using System.Text.Json;

namespace Weir.Models.Lineage.Sql;

/// <summary>PIVOT: a column for each value, of the rows that have it. UNPIVOT: a row for each column.</summary>
internal sealed class Pivots(Expressions expressions, Func<JsonElement, NameScope, From> read)
{
    public Shape Read(JsonElement node, NameScope outer)
    {
        var source = read(node.GetProperty("source"), outer);
        return node.Texts("unpivot_names") is { Count: > 0 } values ? Unpivot(node, source, values) : Pivot(node, source, outer);
    }

    private Shape Pivot(JsonElement node, From source, NameScope outer)
    {
        var scope = new NameScope(outer, outer.Ctes) { From = source };
        var pivots = node.Parts("pivots").ToList();
        var of = Origins.All(pivots.SelectMany(pivot => pivot.Parts("pivot_expressions")).Select(expression => expressions.Read(expression, scope)));
        var aggregates = node.Parts("aggregates").Select(aggregate => (Name: ColumnNames.Of(aggregate), Origins: expressions.Read(aggregate, scope).And(of).Derived())).ToList();
        var groups = Groups(node, source);
        var columns = new List<Column>(groups);
        foreach (var entry in pivots.Aggregate((IEnumerable<string>)[""], (names, pivot) => names.SelectMany(name => Entries(pivot).Select(value => name.Length == 0 ? value : $"{name}_{value}"))))
            columns.AddRange(aggregates.Select(aggregate => new Column(aggregates.Count == 1 ? entry : $"{entry}_{aggregate.Name}", aggregate.Origins)));

        var influences = source.Influences.And(scope.Influences).And(Origins.All(groups.Select(group => group.Origins))).Derived();
        var anyValue = Origins.All(aggregates.Select(aggregate => aggregate.Origins));
        Func<string, Origins>? rest = source.Open.Any() ? _ => Origins.Unknown("a PIVOT is of columns that are not all known")
            : pivots.Exists(pivot => !pivot.Parts("entries").Any() || pivot.Parts("entries").Any(entry => entry.Part("expr") is not null)) ? _ => anyValue
            : null;
        return new Shape(columns, influences, rest);
    }

    private static List<Column> Groups(JsonElement node, From source)
    {
        if (node.Texts("groups") is { Count: > 0 } named)
            return [.. named.Select(name => new Column(name, source.Find(name) ?? source.FindOpen(name) ?? Origins.Unknown($"there is no column {name} to group by")))];
        var used = node.Parts("aggregates").Concat(node.Parts("pivots").SelectMany(pivot => pivot.Parts("pivot_expressions"))).SelectMany(Names).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. source.Star.Where(column => column.Name is not null && !used.Contains(column.Name))];
    }

    private static IEnumerable<string> Names(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.Array => part.EnumerateArray().SelectMany(Names),
        JsonValueKind.Object when part.Text("class") == "COLUMN_REF" => [part.Texts("column_names")[^1]],
        JsonValueKind.Object => part.EnumerateObject().SelectMany(property => Names(property.Value)),
        _ => [],
    };

    private static IEnumerable<string> Entries(JsonElement pivot) => pivot.Parts("entries").Where(entry => entry.Part("expr") is null)
        .Select(entry => entry.Text("alias") is { Length: > 0 } alias ? alias : string.Join('_', entry.Parts("values").Select(value => value.ValueText())));

    private static Shape Unpivot(JsonElement node, From source, List<string> valueNames)
    {
        var pivot = node.Parts("pivots").First();
        var entries = pivot.Parts("entries").Select(entry => entry.Parts("values").Select(value => value.ValueText()).ToList()).ToList();
        if (source.Open.Any() || pivot.Parts("entries").Any(entry => entry.Part("expr") is not null) || entries.Exists(entry => entry.Count != valueNames.Count))
            return Shape.Unknown("an UNPIVOT is of columns that are not all known");
        var turned = entries.SelectMany(entry => entry).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Origins Of(string name) => source.Find(name) ?? Origins.Unknown($"there is no column {name} to unpivot");
        List<Column> columns =
        [
            .. source.Star.Where(column => column.Name is null || !turned.Contains(column.Name)),
            .. pivot.Texts("unpivot_names").Select(name => new Column(name, Origins.None)),
            .. valueNames.Select((name, at) => new Column(name, Origins.All(entries.Select(entry => Of(entry[at]))))),
        ];
        return new Shape(columns, source.Influences.And(Origins.All(turned.Select(Of))).Derived()); // a row for each value that is not null
    }
}
