using Weir.Models.Jinja;
using Weir.Models.Project;

namespace Weir.Models.Context;

/// <summary>How <c>ref()</c> and <c>source()</c> are answered: noted while parsing, resolved while running.</summary>
internal interface ILinks
{
    object Ref(string? package, string name);

    object Source(string source, string table);
}

/// <summary>The names a template of one node can use, on top of the project's.</summary>
internal static class NodeScope
{
    /// <summary>A project may have a macro of these names: then it is called, and finds dbt's function in <c>builtins</c>.</summary>
    private static readonly string[] Replaceable = ["ref", "source", "is_incremental"];

    public static Scope Create(Scope project, ILinks links, ConfigFunction config, RelationValue relation, IReadOnlyDictionary<string, object?> model, VarFunction variables, bool execute, bool incremental)
    {
        var functions = new Dictionary<string, Function>
        {
            ["ref"] = new("ref", arguments => Ref(links, arguments)),
            ["source"] = new("source", arguments =>
            {
                if (arguments.Positional.Count != 2)
                    throw Refuse.With("WEIR7008", "source() needs a source and its table: source('shop', 'orders').");
                return links.Source(arguments.GetText(0, "source_name"), arguments.GetText(1, "table_name"));
            }),
            ["is_incremental"] = new("is_incremental", _ => incremental),
        };
        var scope = new Scope(project)
            .Set("config", config)
            .Set("builtins", new Dictionary<string, object?> { ["ref"] = functions["ref"], ["source"] = functions["source"], ["config"] = config })
            .Set("this", relation)
            .Set("model", model)
            .Set("var", variables)
            .Set("execute", execute);
        if (project.TryGet("adapter", out var found) && found is AdapterValue adapter)
        {
            scope.Set("adapter", adapter.In(scope)).Set("context", new ContextValue(scope));
            new Statements(adapter.Warehouse).Offer(scope);
        }

        foreach (var name in Replaceable.Where(name => !HasMacro(project, name)))
            scope.Set(name, functions[name]);
        return scope;
    }

    public static Dictionary<string, object?> Describe(Node node) => new()
    {
        ["name"] = node.Name,
        ["unique_id"] = node.UniqueId,
        ["resource_type"] = node.ResourceType,
        ["package_name"] = node.Package,
        ["alias"] = node.Alias,
        ["schema"] = node.Schema,
        ["path"] = node.Root.Length > 0 && node.FileInPackage.StartsWith(node.Root + "/", StringComparison.Ordinal) ? node.FileInPackage[(node.Root.Length + 1)..] : node.FileInPackage,
        ["original_file_path"] = node.FileInPackage,
        ["fqn"] = node.Fqn.Cast<object?>().ToList(),
        ["tags"] = node.Tags.Cast<object?>().ToList(),
        ["meta"] = node.Config.Meta,
        ["description"] = node.Description,
        ["columns"] = node.Columns.ToDictionary(column => column.Name, column => (object?)new Dictionary<string, object?> { ["name"] = column.Name, ["description"] = column.Description, ["data_type"] = column.DataType }),
        ["raw_code"] = node.RawCode,
        ["depends_on"] = new Dictionary<string, object?> { ["nodes"] = node.DependsOn.Cast<object?>().ToList(), ["macros"] = node.Macros.Cast<object?>().ToList() },
        ["refs"] = node.Refs.Select(reference => (object?)new Dictionary<string, object?> { ["name"] = reference.Name, ["package"] = reference.Package, ["version"] = null }).ToList(),
        ["sources"] = node.SourceRefs.Select(source => (object?)new List<object?> { source.Source, source.Table }).ToList(),
        ["config"] = Settings(node),
    };

    /// <summary>The node's settings with those that dbt always shows.</summary>
    private static Dictionary<string, object?> Settings(Node node)
    {
        var settings = node.Config.All.ToDictionary(pair => pair.Key, pair => pair.Value.Value);
        settings.TryAdd("materialized", node.Materialized);
        settings.TryAdd("enabled", true);
        settings.TryAdd("meta", new Dictionary<string, object?>());
        settings.TryAdd("tags", new List<object?>());
        return settings;
    }

    private static bool HasMacro(Scope? scope, string name)
    {
        for (; scope is not null; scope = scope.Parent)
        {
            if (scope.Macros?.Find(name) is not null)
                return true;
        }

        return false;
    }

    private static object Ref(ILinks links, Arguments arguments)
    {
        if (arguments.Named.ContainsKey("version") || arguments.Named.ContainsKey("v"))
            throw Refuse.With("WEIR7004", "versions of models are dbt's, but Weir does not run them yet: leave out the version in ref().");
        arguments.Limit("ref", 2);
        return arguments.Positional.Count switch
        {
            0 => throw Refuse.With("WEIR7007", "ref() needs the name of a model or seed: ref('orders')."),
            1 => links.Ref(null, arguments.GetText(0, "model")),
            _ => links.Ref(arguments.GetText(0, "package"), arguments.GetText(1, "model")),
        };
    }
}
