using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary>A table or view as a template sees it; prints quoted and in full.</summary>
/// <param name="Text">What it prints, when that is not its three names (an ephemeral model's CTE).</param>
internal sealed record RelationValue(string? Database, string? Schema, string? Identifier, string? Type = null, string? Text = null) : IJinjaObject
{
    public string TypeName => "Relation";

    public override string ToString() => Text ?? Name;

    private string Name => Identifier is null && Text is not null ? Text : string.Join('.', new[] { Database, Schema, Identifier }.Where(part => part is not null).Select(part => Quoted(part!)));

    public static string Quoted(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "database" => Database,
            "schema" => Schema,
            "identifier" or "name" or "table" => Identifier,
            "type" => Type,
            "is_table" => Type == "table",
            "is_view" => Type == "view",
            "is_cte" => Text is not null && Identifier is null,
            "render" => new Function("render", _ => Name),
            "include" => new Function("include", Include),
            "without_identifier" => new Function(name, _ => this with { Identifier = null }),
            "incorporate" => new Function(name, Incorporate),
            "quote" => new Function(name, _ => this),
            "information_schema" => new Function(name, arguments => $"{(Database is null ? "" : Quoted(Database) + ".")}information_schema.{arguments.Get(0, "view")}".TrimEnd('.')),
            _ => null,
        };
        return value is not null || name is "database" or "schema" or "identifier" or "name" or "table" or "type";
    }

    /// <summary><c>api.Relation</c>.</summary>
    public static Module Class { get; } = new("api.Relation", new()
    {
        ["create"] = new Function("create", arguments => new RelationValue(
            arguments.Named.GetValueOrDefault("database") as string, arguments.Named.GetValueOrDefault("schema") as string, arguments.Named.GetValueOrDefault("identifier") as string,
            arguments.Named.GetValueOrDefault("type") as string)),
        ["View"] = "view",
        ["Table"] = "table",
    });

    private RelationValue Incorporate(Arguments arguments)
    {
        var path = arguments.Get(0, "path") as JinjaDict;
        string? Part(string name, string? now) => path is not null && path.TryGetValue(name, out var value) ? value as string : now;
        return this with { Database = Part("database", Database), Schema = Part("schema", Schema), Identifier = Part("identifier", Identifier), Type = arguments.Named.GetValueOrDefault("type") as string ?? Type };
    }

    private RelationValue Include(Arguments arguments) => this with
    {
        Database = arguments.GetBool(0, "database", true) ? Database : null,
        Schema = arguments.GetBool(1, "schema", true) ? Schema : null,
        Identifier = arguments.GetBool(2, "identifier", true) ? Identifier : null,
    };
}
