using Weir.Models.Project;

namespace Weir.Models.Artifacts;

/// <summary>The statements of <c>on-run-start</c> and <c>on-run-end</c>, which dbt calls operations.</summary>
internal static class ManifestHooks
{
    public static Dictionary<string, object?> Add(Dictionary<string, object?> nodes, LoadedProject project, string database)
    {
        foreach (var hook in RunHook.All(project))
            nodes[hook.UniqueId] = Of(hook, project, database);
        return nodes;
    }

    private static Dictionary<string, object?> Of(RunHook hook, LoadedProject project, string database) => new()
    {
        ["database"] = database, ["schema"] = project.Target.Schema, ["name"] = hook.Name, ["resource_type"] = "operation", ["package_name"] = hook.Package, ["path"] = $"hooks/{hook.Name}.sql",
        ["original_file_path"] = "./dbt_project.yml", ["unique_id"] = hook.UniqueId, ["fqn"] = new[] { hook.Package, "hooks", hook.Name }, ["alias"] = hook.Name,
        ["checksum"] = new Dictionary<string, object?> { ["name"] = "none", ["checksum"] = "" }, ["config"] = new Dictionary<string, object?> { ["enabled"] = true, ["materialized"] = "view", ["tags"] = Array.Empty<object?>(), ["meta"] = new Dictionary<string, object?>() },
        ["tags"] = new[] { hook.When }, ["description"] = "", ["columns"] = new Dictionary<string, object?>(), ["meta"] = new Dictionary<string, object?>(), ["group"] = null, ["docs"] = ManifestConfig.Docs(),
        ["patch_path"] = null, ["build_path"] = null, ["unrendered_config"] = new Dictionary<string, object?>(), ["created_at"] = 0.0, ["relation_name"] = null, ["raw_code"] = hook.Statement.Text, ["doc_blocks"] = Array.Empty<object?>(),
        ["language"] = "sql", ["refs"] = Array.Empty<object?>(), ["sources"] = Array.Empty<object?>(), ["metrics"] = Array.Empty<object?>(), ["functions"] = Array.Empty<object?>(),
        ["depends_on"] = new Dictionary<string, object?> { ["macros"] = project.MacroCalls.Of(hook.Statement.Text, hook.Package).ToList(), ["nodes"] = Array.Empty<object?>() }, ["compiled_path"] = null,
        ["contract"] = new Dictionary<string, object?>(ManifestConfig.Contract()) { ["checksum"] = null }, ["index"] = (long)hook.Index,
    };
}
