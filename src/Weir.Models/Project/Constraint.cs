using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>A constraint of a contract, on a column or on the whole table; DuckDB enforces all of them.</summary>
/// <param name="Type"><c>not_null</c>, <c>unique</c>, <c>primary_key</c>, <c>foreign_key</c>, <c>check</c> or <c>custom</c>.</param>
/// <param name="Columns">The columns of a constraint on the table.</param>
internal sealed record Constraint(string Type, string? Name, string? Expression, IReadOnlyList<string> Columns)
{
    public string OnColumn() => Type switch
    {
        "not_null" => "not null",
        "unique" => "unique",
        "primary_key" => "primary key",
        "foreign_key" => $"references {Expression}",
        "check" => $"check ({Expression})",
        _ => Expression ?? "",
    };

    public string OnTable()
    {
        var name = Name is null ? "" : $"constraint {Name} ";
        var columns = string.Join(", ", Columns);
        return Type switch
        {
            "unique" => $"{name}unique ({columns})",
            "primary_key" => $"{name}primary key ({columns})",
            "foreign_key" => $"{name}foreign key ({columns}) references {Expression}",
            "check" => $"{name}check ({Expression})",
            _ => name + Expression,
        };
    }

    private static readonly string[] Types = ["not_null", "unique", "primary_key", "foreign_key", "check", "custom"];

    public static IReadOnlyList<Constraint> Read(YamlMap owner, string file, Problems problems)
    {
        if (owner.Find("constraints")?.Value is not YamlList list)
            return [];
        foreach (var map in list.Items.OfType<YamlMap>())
        {
            YamlKeys.Constraint.Check(map, file, problems);
            if (map.Text("type") is not { } type || !Types.Contains(type))
                problems.Add("WEIR7005", file, map.Line, $"the type of a constraint is '{map.Text("type")}', and must be one of: {string.Join(", ", Types)}.{Suggest.Near(map.Text("type") ?? "", Types)}");
        }

        return [.. list.Items.OfType<YamlMap>().Select(Of)];
    }

    private static Constraint Of(YamlMap map) => new(
        map.Text("type") ?? "", map.Text("name"), map.Text("expression"), map.Find("columns")?.Value is YamlList columns ? [.. columns.Items.OfType<YamlScalar>().Select(column => column.Text)] : []);
}
