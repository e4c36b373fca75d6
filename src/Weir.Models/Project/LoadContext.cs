using Weir.Models.Context;
using Weir.Models.Jinja;

namespace Weir.Models.Project;

/// <summary>What every step of reading one package of a project shares.</summary>
/// <param name="Scope">The names its templates see.</param>
/// <param name="YamlScope">The names its schema files see.</param>
/// <param name="Trees">The settings by folder of its own dbt_project.yml and the root's.</param>
internal sealed record LoadContext(
    Package Package, ModelTarget Target, VarLevels Vars, Scope Scope, Scope YamlScope, ProjectNames Names, Patches Patches, ConfigTrees Trees, Problems Problems)
{
    public string Folder => Package.RootFolder;

    public required MacroLibrary Macros { get; init; }

    /// <summary>A scope that notes what a node's template refers to and how it configures itself.</summary>
    public Scope ParseScope(string name, string resourceType, string file, ParsedLinks links, ConfigKeys keys, List<KeyValuePair<string, object?>> noted, Func<string, object?>? read = null) =>
        NodeScope.Create(
            Scope, links, new ConfigFunction(keys, (key, value) => noted.Add(KeyValuePair.Create(key, value)), read ?? (_ => null)),
            new RelationValue(Target.Database, Target.Schema, name),
            new Dictionary<string, object?>
            {
                ["name"] = name,
                ["unique_id"] = $"{resourceType}.{Package.Name}.{name}",
                ["resource_type"] = resourceType,
                ["package_name"] = Package.Name,
                ["path"] = Package.Inside(file),
                ["original_file_path"] = Package.Inside(file),
                ["alias"] = name,
                ["schema"] = Target.Schema,
                ["tags"] = new List<object?>(),
                ["config"] = new Dictionary<string, object?>(),
                ["fqn"] = Package.Fqn(file, name).Cast<object?>().ToList(),
            },
            new VarFunction(Vars, missingIsNone: true), execute: false, incremental: false);

    /// <summary>Sorts a mistake found in a template: one that dbt shows only at run time is returned, the others become problems.</summary>
    public static JinjaException? Sort(JinjaException wrong, string file, ICollection<ModelProblem> mistakes)
    {
        if (wrong.Kind == JinjaErrorKind.Undefined)
            return wrong;
        mistakes.Add(new ModelProblem(
            Refuse.CodeOf(wrong, "WEIR7006"), wrong.File ?? file, wrong.Line, TemplateAdvice.Tell(wrong) + (wrong.File is null || wrong.File == file ? "" : $" (called from {file})")));
        return null;
    }

    /// <summary>Text from a schema.yml with its Jinja rendered; <c>doc('x')</c> works in it.</summary>
    public string RenderText(Yaml.YamlValue? value, string file) => value is null ? "" : NodeConfig.AsText(RenderValue(value, file)).Trim();

    public object? RenderValue(Yaml.YamlValue value, string file) => YamlRendering.Render(value, file, YamlScope, Problems);

    public IReadOnlyList<ModelColumn> Columns(IReadOnlyList<ColumnPatch> columns, string file) =>
        [.. columns.Select(column => new ModelColumn(column.Name, RenderText(column.Description, file), column.DataType, [.. column.Tests.Select(test => test.Test)]) { Constraints = column.Constraints, Tags = TagsOf(column, file) })];

    /// <summary>A column's tags; its tests inherit them.</summary>
    public IReadOnlyList<string> TagsOf(ColumnPatch column, string file)
    {
        var config = new NodeConfig();
        ApplyPatch([.. column.Config.Where(setting => setting.Key == "tags")], file, ConfigKeys.Tests, config);
        return config.Tags;
    }

    /// <summary>Adds the settings of a schema.yml entry, checked.</summary>
    public void ApplyPatch(IReadOnlyList<Yaml.YamlEntry> settings, string file, ConfigKeys keys, NodeConfig config)
    {
        foreach (var entry in settings)
        {
            var key = entry.Key.TrimStart('+');
            keys.Check(key, entry.Value.ToObject(), file, entry.Line, Problems);
            config.Set(key, new Setting(ConfigTree.IsTemplate(key) ? entry.Value.ToObject() : RenderValue(entry.Value, file), file, entry.Line) { Raw = entry.Value.ToObject() });
        }
    }
}
