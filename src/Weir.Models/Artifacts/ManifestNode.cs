using System.Security.Cryptography;
using System.Text;
using Weir.Models.Audit;
using Weir.Models.Context;
using Weir.Models.Project;

namespace Weir.Models.Artifacts;

/// <summary>One node as <c>manifest.json</c> (v12) has it.</summary>
/// <param name="storeFailures">Whether the run keeps what tests find.</param>
internal sealed class ManifestNode(LoadedProject project, string database, bool storeFailures)
{
    /// <summary>Of a larger seed dbt compares only the path.</summary>
    private const long LargestSeed = 1 << 20;

    public Dictionary<string, object?> Of(Node node)
    {
        var result = Common(node);
        switch (node.ResourceType)
        {
            case "source":
                AddSource(result, node);
                break;
            case "exposure":
                AddExposure(result, node);
                break;
            case "unit_test":
                AddUnitTest(result, node);
                break;
            default:
                AddRelation(result, node);
                break;
        }

        return result;
    }

    public string? RelationName(Node node) => node switch
    {
        { IsSource: true } => new RelationValue(node.Database ?? database, node.Schema, node.Alias).ToString(),
        { HasRelation: true } => new RelationValue(database, node.Schema, node.Alias).ToString(),
        { IsTest: true } when storeFailures || node.Config.Find("store_failures") is { Value: true or "true" or "True" } || node.Config.Text("store_failures_as") is "table" or "view" => new RelationValue(database, node.Schema, node.Alias).ToString(),
        _ => null,
    };

    private Dictionary<string, object?> Common(Node node) => new()
    {
        ["name"] = node.Name,
        ["resource_type"] = node.ResourceType,
        ["package_name"] = node.Package,
        ["path"] = PathOf(node),
        ["original_file_path"] = OriginalPath(node),
        ["unique_id"] = node.UniqueId,
        ["fqn"] = node.Fqn,
        ["config"] = ManifestConfig.Of(node),
        ["tags"] = node.Tags,
        ["description"] = node.Description,
        ["meta"] = node.Config.Meta,
        ["created_at"] = 0.0,
        ["unrendered_config"] = node.Config.Written.ToDictionary(pair => pair.Key, pair => pair.Value),
    };

    private static string PathOf(Node node)
    {
        if (node.IsSource)
            return node.FileInPackage;
        if (node.GenericTest is not null)
            return node.FileInPackage[(node.FileInPackage.LastIndexOf('/') + 1)..];
        return node.FileInPackage.StartsWith(node.Root + "/", StringComparison.Ordinal) ? node.FileInPackage[(node.Root.Length + 1)..] : node.FileInPackage;
    }

    /// <summary>The file it is written in, which for generic tests and YAML snapshots is not the one it is compiled to.</summary>
    private string OriginalPath(Node node) =>
        node.File[project.Packages.First(package => package.Name == node.Package).Prefix.Length..];

    private void AddRelation(Dictionary<string, object?> result, Node node)
    {
        result["database"] = database;
        result["schema"] = node.Schema;
        result["alias"] = node.Alias;
        result["checksum"] = Checksum(node);
        result["columns"] = Columns(node);
        result["group"] = node.Group;
        result["docs"] = ((Dictionary<string, object?>)result["config"]!).GetValueOrDefault("docs") ?? ManifestConfig.Docs();
        result["patch_path"] = node.PatchFile is null ? null : $"{node.Package}://{node.PatchFile}";
        result["build_path"] = null;
        result["relation_name"] = RelationName(node);
        result["raw_code"] = node.Block ?? node.RawCode.Trim();
        result["doc_blocks"] = Array.Empty<object?>();
        if (node.ResourceType == "seed")
        {
            result["root_path"] = project.Folder;
            result["depends_on"] = new Dictionary<string, object?> { ["macros"] = node.Macros };
            return;
        }

        result["language"] = "sql";
        AddReads(result, node);
        result["functions"] = Array.Empty<object?>();
        result["compiled_path"] = null;
        result["contract"] = new Dictionary<string, object?>(ManifestConfig.Contract()) { ["enforced"] = Materialize.Contract.Of(node) is not null, ["checksum"] = ContractChecksum.Of(node) };
        if (node.ResourceType == "model")
        {
            result["access"] = node.Access;
            result["constraints"] = node.Constraints.Select(constraint => Constraint(constraint, onTable: true)).ToList();
            foreach (var key in new[] { "version", "latest_version", "deprecation_date", "time_spine" })
                result[key] = null;
            result["primary_key"] = Array.Empty<object?>();
        }
        else if (node.GenericTest is { } test)
        {
            var arguments = test.Arguments.ToDictionary(argument => argument.Key, argument => argument.Value.ToObject());
            if (test.ColumnName is not null)
                arguments["column_name"] = test.ColumnName;
            result["raw_code"] = $"{{{{ {(test.Namespace is null ? "" : test.Namespace + ".")}test_{test.Macro}(**_dbt_generic_test_kwargs) }}}}{TestNames.ConfigCall(test)}";
            result["column_name"] = test.ColumnName?.Trim('"');
            result["file_key_name"] = $"{(test.Source is not null ? "sources" : node.AttachedTo!.Split('.')[0] + "s")}.{test.Source ?? test.Table}";
            result["attached_node"] = test.Source is null ? node.AttachedTo : null;
            result["test_metadata"] = new Dictionary<string, object?> { ["name"] = test.Macro, ["kwargs"] = TestNames.Keywords(test, arguments), ["namespace"] = test.Namespace };
        }
    }

    private void AddSource(Dictionary<string, object?> result, Node node)
    {
        var config = (Dictionary<string, object?>)result["config"]!;
        result["database"] = node.Database ?? database;
        result["schema"] = node.Schema;
        result["source_name"] = node.Fqn[^2];
        result["source_description"] = node.SourceDescription;
        result["loader"] = node.Loader;
        result["identifier"] = node.Alias;
        result["quoting"] = new[] { "database", "schema", "identifier", "column" }.ToDictionary(name => name, _ => (object?)null);
        result["loaded_at_field"] = node.Config.Text("loaded_at_field");
        result["loaded_at_query"] = node.Config.Text("loaded_at_query");
        result["freshness"] = config["freshness"];
        result["external"] = null;
        result["columns"] = Columns(node);
        result["source_meta"] = node.Config.Meta;
        foreach (var (key, standard) in new[] { ("loaded_at_field", null), ("loaded_at_query", null), ("meta", (object)new Dictionary<string, object?>()), ("tags", Array.Empty<object?>()) })
            ((Dictionary<string, object?>)result["unrendered_config"]!).TryAdd(key, standard);
        if (node.Config.Find("freshness") is { } freshness)
            ((Dictionary<string, object?>)result["unrendered_config"]!)["freshness"] = ManifestConfig.Freshness(freshness.Value);
        result["patch_path"] = null;
        result["relation_name"] = RelationName(node);
        result["unrendered_database"] = node.Database;
        result["unrendered_schema"] = node.Schema == node.Fqn[^2] ? null : node.Schema;
        result["doc_blocks"] = Array.Empty<object?>();
    }

    private static void AddExposure(Dictionary<string, object?> result, Node node)
    {
        var exposure = node.Exposure!;
        result["type"] = exposure.Type;
        result["owner"] = new Dictionary<string, object?>(exposure.Owner) { ["email"] = exposure.Owner.GetValueOrDefault("email"), ["name"] = exposure.Owner.GetValueOrDefault("name") };
        result["label"] = exposure.Label;
        result["maturity"] = exposure.Maturity;
        result["url"] = exposure.Url;
        AddReads(result, node);
    }

    private void AddUnitTest(Dictionary<string, object?> result, Node node)
    {
        var test = node.UnitTest!;
        result.Remove("meta");
        result.Remove("tags");
        result.Remove("unrendered_config");
        result["model"] = test.Model;
        result["given"] = test.Given.Select(given => Rows(given.Rows, given.Input)).ToList();
        result["expect"] = Rows(test.Expect, null);
        result["overrides"] = test.Macros.Count + test.Vars.Count + test.EnvVars.Count == 0
            ? null
            : new Dictionary<string, object?> { ["macros"] = test.Macros, ["vars"] = test.Vars, ["env_vars"] = test.EnvVars };
        result["depends_on"] = DependsOn(node);
        result["checksum"] = null;
        result["schema"] = project.Graph[node.DependsOn[0]].Schema;
        result["versions"] = null;
        result["version"] = null;
    }

    private static void AddReads(Dictionary<string, object?> result, Node node)
    {
        result["refs"] = node.Refs.Distinct().Select(reference => new Dictionary<string, object?> { ["name"] = reference.Name, ["package"] = reference.Package, ["version"] = null }).ToList();
        result["sources"] = node.SourceRefs.Distinct().Select(source => new[] { source.Source, source.Table }).ToList();
        result["metrics"] = Array.Empty<object?>();
        result["depends_on"] = DependsOn(node);
    }

    private static Dictionary<string, object?> DependsOn(Node node) => new() { ["macros"] = node.Macros, ["nodes"] = node.DependsOn };

    private static Dictionary<string, object?> Rows(UnitTestRows rows, string? input)
    {
        var result = new Dictionary<string, object?>();
        if (input is not null)
            result["input"] = input;
        result["rows"] = rows.Format == "sql" ? rows.Text : rows.Rows;
        result["format"] = rows.Format;
        result["fixture"] = rows.Fixture;
        return result;
    }

    private static Dictionary<string, object?> Columns(Node node) => node.Columns.ToDictionary(column => column.Name, column => (object?)new Dictionary<string, object?>
    {
        ["name"] = column.Name, ["description"] = column.Description, ["meta"] = new Dictionary<string, object?>(), ["data_type"] = column.DataType,
        ["constraints"] = column.Constraints.Select(constraint => Constraint(constraint, onTable: false)).ToList(), ["quote"] = null,
        ["config"] = new Dictionary<string, object?> { ["meta"] = new Dictionary<string, object?>(), ["tags"] = column.Tags }, ["tags"] = column.Tags, ["granularity"] = null, ["doc_blocks"] = Array.Empty<object?>(),
    });

    private static Dictionary<string, object?> Constraint(Constraint constraint, bool onTable)
    {
        var result = new Dictionary<string, object?> { ["type"] = constraint.Type, ["name"] = constraint.Name, ["expression"] = constraint.Expression, ["warn_unenforced"] = true, ["warn_unsupported"] = true, ["to"] = null, ["to_columns"] = Array.Empty<object?>() };
        if (onTable)
            result["columns"] = constraint.Columns;
        return result;
    }

    private Dictionary<string, object?> Checksum(Node node)
    {
        if (node.GenericTest is not null)
            return new() { ["name"] = "none", ["checksum"] = "" };
        if (node.ResourceType == "seed" && new FileInfo(Path.Combine(project.Folder, node.File)).Length > LargestSeed)
            return new() { ["name"] = "path", ["checksum"] = node.FileInPackage };
        var text = node.ResourceType == "seed" ? File.ReadAllText(Path.Combine(project.Folder, node.File)) : node.RawCode;
        return new() { ["name"] = "sha256", ["checksum"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Trim()))) };
    }
}
