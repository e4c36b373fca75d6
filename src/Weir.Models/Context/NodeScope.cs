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
    public static Scope Create(Scope project, ILinks links, ConfigFunction config, RelationValue relation, IReadOnlyDictionary<string, object?> model, VarFunction variables, bool execute, bool incremental)
    {
        var reference = new Function("ref", arguments => Ref(links, arguments));
        var source = new Function("source", arguments =>
        {
            arguments.Limit("source", 2);
            return links.Source(arguments.GetText(0, "source_name"), arguments.GetText(1, "table_name"));
        });
        return new Scope(project)
            .Set("ref", reference)
            .Set("source", source)
            .Set("config", config)
            .Set("builtins", new Dictionary<string, object?> { ["ref"] = reference, ["source"] = source, ["config"] = config })
            .Set("this", relation)
            .Set("model", model)
            .Set("var", variables)
            .Set("execute", execute)
            .Set("is_incremental", _ => incremental);
    }

    public static Dictionary<string, object?> Describe(Node node) => new()
    {
        ["name"] = node.Name,
        ["unique_id"] = node.UniqueId,
        ["resource_type"] = node.ResourceType,
        ["alias"] = node.Alias,
        ["schema"] = node.Schema,
        ["path"] = node.File,
        ["original_file_path"] = node.File,
        ["fqn"] = node.Fqn.Cast<object?>().ToList(),
        ["tags"] = node.Config.Tags.Cast<object?>().ToList(),
        ["description"] = node.Description,
        ["config"] = node.Config.All.ToDictionary(pair => pair.Key, pair => pair.Value.Value),
    };

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
