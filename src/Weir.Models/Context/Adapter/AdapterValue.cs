using Weir.Models.Jinja;
using Weir.Models.Project;

namespace Weir.Models.Context;

/// <summary>dbt's <c>adapter</c>: dispatch, and questions to the warehouse. While a project is only read there is none, and they answer with nothing.</summary>
internal sealed class AdapterValue(Scope scope, MacroLibrary macros, Package root, WarehouseQueries? warehouse) : IJinjaObject
{
    public string TypeName => "Adapter";

    public WarehouseQueries? Warehouse => warehouse;

    /// <summary>The same for templates of another scope: what it dispatches to sees that scope.</summary>
    public AdapterValue In(Scope other) => new(other, macros, root, warehouse);

    public bool TryGetAttribute(string name, out object? value)
    {
        Func<Arguments, object?>? body = name switch
        {
            "dispatch" => Dispatch,
            "type" => _ => "duckdb",
            "quote" => arguments => RelationValue.Quoted(arguments.GetText(0, "identifier")),
            "quote_as_configured" => arguments => RelationValue.Quoted(arguments.GetText(0, "identifier")),
            "get_relation" => arguments => Find(Text(arguments, 0, "database"), Text(arguments, 1, "schema"), Text(arguments, 2, "identifier")),
            "load_relation" => arguments => arguments.Require(0, "relation") is RelationValue relation ? Find(relation.Database, relation.Schema, relation.Identifier) : null,
            "get_columns_in_relation" => arguments => Columns(arguments.Require(0, "relation")),
            "get_missing_columns" => arguments => Missing(arguments.Require(0, "from_relation"), arguments.Require(1, "to_relation")),
            "list_relations" or "list_relations_without_caching" => Relations,
            "check_schema_exists" => arguments => warehouse is not null && Text(arguments, 1, "schema") is { } schema
                && warehouse.Run($"select 1 from information_schema.schemata where lower(schema_name) = lower('{schema.Replace("'", "''", StringComparison.Ordinal)}')").Rows.Count > 0,
            "create_schema" => arguments => Change(arguments.Require(0, "relation"), relation => $"create schema if not exists {Schema(relation)}"),
            "drop_schema" => arguments => Change(arguments.Require(0, "relation"), relation => $"drop schema if exists {Schema(relation)} cascade"),
            "drop_relation" => arguments => Change(arguments.Require(0, "relation"), relation => $"drop {Find(relation.Database, relation.Schema, relation.Identifier)?.Type ?? "table"} if exists {relation}"),
            "truncate_relation" => arguments => Change(arguments.Require(0, "relation"), relation => $"truncate table {relation}"),
            "rename_relation" => arguments => Change(arguments.Require(0, "from_relation"), relation => $"alter {relation.Type ?? "table"} {relation} rename to {RelationValue.Quoted((arguments.Require(1, "to_relation") as RelationValue)?.Identifier ?? "")}"),
            "execute" => arguments => new JinjaTuple(["OK", Run(arguments.GetText(0, "sql"))]),
            "commit" or "commit_if_has_connection" or "clear_transaction" or "cache_added" or "cache_dropped" => _ => "",
            _ => null,
        };
        value = body is null ? new RefusedName("adapter." + name) : new Function("adapter." + name, body);
        return true;
    }

    private Macro Dispatch(Arguments arguments)
    {
        var name = arguments.GetText(0, "macro_name");
        if (name.Contains('.'))
            throw Refuse.With("WEIR7041", $"adapter.dispatch('{name}'): give the package as second argument: adapter.dispatch('{name.Split('.')[^1]}', '{name.Split('.')[0]}').");
        var space = arguments.Get(1, "macro_namespace") as string;
        var packages = space is null ? [root.Name, MacroLibrary.Dbt] : root.File.Dispatch.TryGetValue(space, out var order) ? order : space == root.Name ? [space] : [root.Name, space];
        var tried = new List<string>();
        foreach (var package in packages)
        {
            var set = macros.Of(package) ?? throw Refuse.With("WEIR7041", $"adapter.dispatch('{name}', '{space}'): there is no project or package '{package}'.{Suggest.Near(package, root.File.Dispatch.Keys)}");
            foreach (var candidate in new[] { $"duckdb__{name}", $"default__{name}" })
            {
                if (set.FindOwn(candidate) is { } macro)
                    return macro.Bind(scope);
                tried.Add($"{package}.{candidate}");
            }
        }

        throw Refuse.With("WEIR7041", $"adapter.dispatch('{name}'): there is no implementation. Looked for: {string.Join(", ", tried)}.");
    }

    private RelationValue? Find(string? database, string? schema, string? identifier)
    {
        if (warehouse is null || schema is null || identifier is null)
            return null;
        var found = warehouse.Relations(database, schema).FirstOrDefault(relation => relation.Name.Equals(identifier, StringComparison.OrdinalIgnoreCase));
        return found.Name is null ? null : new RelationValue(database, schema, identifier, found.Kind);
    }

    private List<object?> Relations(Arguments arguments)
    {
        var (database, schema) = arguments.Get(0, "database") is RelationValue relation ? (relation.Database, relation.Schema) : (Text(arguments, 0, "database"), Text(arguments, 1, "schema"));
        return warehouse is null || schema is null ? [] : [.. warehouse.Relations(database, schema).Select(found => new RelationValue(database, schema, found.Name, found.Kind))];
    }

    private List<object?> Columns(object? relation) => warehouse is null
        ? []
        : [.. warehouse.Run($"select column_name, column_type from (describe {relation})").Rows.Select(row => new ColumnValue((string)row.Values[0]!, (string)row.Values[1]!))];

    private List<object?> Missing(object? from, object? to)
    {
        var known = Columns(to).Cast<ColumnValue>().Select(column => column.Column).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. Columns(from).Where(column => !known.Contains(((ColumnValue)column!).Column))];
    }

    private string Change(object? relation, Func<RelationValue, string> sql)
    {
        if (warehouse is not null && relation is RelationValue found)
            Run(sql(found));
        return "";
    }

    private QueryTable? Run(string sql) => warehouse?.Run(sql);

    private static string Schema(RelationValue relation) => new RelationValue(relation.Database, relation.Schema, null).ToString();

    private static string? Text(Arguments arguments, int place, string name) => arguments.Get(place, name) as string;
}
