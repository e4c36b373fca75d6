using System.Security.Cryptography;
using System.Text;
using Weir.Models.Project;

namespace Weir.Models.Artifacts;

/// <summary><c>manifest.json</c> (v12): the whole project as dbt writes it. Of dbt's own macros it has those of <see cref="DbtMacros"/>.</summary>
internal static class Manifest
{
    public const string FileName = "manifest.json";

    /// <param name="database">The warehouse's name in SQL.</param>
    public static Dictionary<string, object?> Of(LoadedProject project, string database, DateTimeOffset now, bool storeFailures)
    {
        var writer = new ManifestNode(project, database, storeFailures);
        var all = project.Graph.Nodes.ToList();
        Dictionary<string, object?> Only(Func<Node, bool> which) => all.Where(which).ToDictionary(node => node.UniqueId, node => (object?)writer.Of(node));
        return new()
        {
            ["metadata"] = Metadata("manifest/v12", now, project),
            ["nodes"] = ManifestHooks.Add(Only(node => !node.IsSource && node.Exposure is null && !node.IsUnitTest), project, database),
            ["sources"] = Only(node => node.IsSource),
            ["macros"] = project.Macros.All.Select(place => Macro(place, project)).Concat(DbtMacros.Texts.Select(OfDbt)).ToDictionary(macro => (string)macro["unique_id"]!, macro => (object?)macro),
            ["docs"] = project.Docs.All.ToDictionary(block => $"doc.{block.Package}.{block.Name}", block => (object?)new Dictionary<string, object?>
            {
                ["name"] = block.Name, ["resource_type"] = "doc", ["package_name"] = block.Package, ["path"] = Path.GetFileName(block.File), ["original_file_path"] = block.File,
                ["unique_id"] = $"doc.{block.Package}.{block.Name}", ["block_contents"] = block.Text,
            }),
            ["exposures"] = Only(node => node.Exposure is not null),
            ["metrics"] = Empty(),
            ["groups"] = project.Groups.ToDictionary(group => $"group.{group.Package}.{group.Name}", group => (object?)new Dictionary<string, object?>
            {
                ["name"] = group.Name, ["resource_type"] = "group", ["package_name"] = group.Package, ["path"] = Path.GetFileName(group.File), ["original_file_path"] = group.File,
                ["unique_id"] = $"group.{group.Package}.{group.Name}", ["owner"] = new Dictionary<string, object?>(group.Owner) { ["email"] = group.Owner.GetValueOrDefault("email"), ["name"] = group.Owner.GetValueOrDefault("name") },
                ["description"] = group.Description.Length == 0 ? null : group.Description, ["config"] = new Dictionary<string, object?> { ["meta"] = Empty() },
            }),
            ["selectors"] = Empty(),
            ["disabled"] = project.Disabled.Where(node => !node.IsUnitTest).GroupBy(node => node.UniqueId).ToDictionary(group => group.Key, group => (object?)group.Select(writer.Of).ToList()),
            ["parent_map"] = all.ToDictionary(node => node.UniqueId, node => (object?)node.DependsOn.Order(StringComparer.Ordinal).ToList()),
            ["child_map"] = all.ToDictionary(node => node.UniqueId, node => (object?)project.Graph.Children(node.UniqueId).Order(StringComparer.Ordinal).ToList()),
            ["group_map"] = project.Groups.ToDictionary(group => group.Name, group => (object?)all.Where(node => node.Group == group.Name).Select(node => node.UniqueId).ToList()),
            ["saved_queries"] = Empty(),
            ["semantic_models"] = Empty(),
            ["unit_tests"] = Only(node => node.IsUnitTest),
            ["functions"] = Empty(),
        };
    }

    public static Dictionary<string, object?> Metadata(string schema, DateTimeOffset now, LoadedProject? project, string? invocation = null)
    {
        var metadata = new Dictionary<string, object?>
        {
            ["dbt_schema_version"] = $"https://schemas.getdbt.com/dbt/{schema}.json",
            ["dbt_version"] = DbtVersion.Text,
            ["generated_at"] = ArtifactJson.Time(now),
            ["invocation_id"] = invocation,
            ["invocation_started_at"] = ArtifactJson.Time(now),
            ["env"] = Empty(),
        };
        if (project is not null)
        {
            metadata["project_name"] = project.File.Name;
            metadata["project_id"] = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(project.File.Name)));
            metadata["user_id"] = null;
            metadata["send_anonymous_usage_stats"] = false;
            metadata["adapter_type"] = "duckdb";
            metadata["quoting"] = new Dictionary<string, object?> { ["database"] = true, ["schema"] = true, ["identifier"] = true, ["column"] = null };
        }

        return metadata;
    }

    private static Dictionary<string, object?> Macro(MacroPlace place, LoadedProject project)
    {
        var file = place.File[project.Packages.First(package => package.Name == place.Package).Prefix.Length..];
        return Macro(MacroCalls.IdOf(place), file, MacroCalls.TextOf(place), [.. project.MacroCalls.Of(place)]);
    }

    private static Dictionary<string, object?> OfDbt(KeyValuePair<string, string> macro) => Macro(macro.Key, "macros/dbt.sql", macro.Value, DbtMacros.CalledIn(macro.Value));

    private static Dictionary<string, object?> Macro(string id, string file, string text, IReadOnlyList<string> calls) => new()
    {
        ["name"] = id.Split('.', 3)[2], ["resource_type"] = "macro", ["package_name"] = id.Split('.')[1], ["path"] = file, ["original_file_path"] = file, ["unique_id"] = id,
        ["macro_sql"] = text, ["depends_on"] = new Dictionary<string, object?> { ["macros"] = calls }, ["description"] = "", ["meta"] = Empty(),
        ["docs"] = ManifestConfig.Docs(), ["config"] = new Dictionary<string, object?> { ["meta"] = Empty(), ["docs"] = ManifestConfig.Docs() }, ["patch_path"] = null, ["arguments"] = Array.Empty<object?>(),
        ["created_at"] = 0.0, ["supported_languages"] = null,
    };

    private static Dictionary<string, object?> Empty() => [];
}
