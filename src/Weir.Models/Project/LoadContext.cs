using Weir.Models.Context;
using Weir.Models.Jinja;

namespace Weir.Models.Project;

/// <summary>What every step of reading a project shares.</summary>
internal sealed record LoadContext(
    string Folder, ProjectFile Project, ModelTarget Target, IReadOnlyDictionary<string, object?> GivenVars, Scope Scope, Scope YamlScope, ProjectNames Names, Patches Patches, Problems Problems)
{
    public VarFunction Variables(bool missingIsNone) => new(GivenVars, Project.Vars, Project.Name, missingIsNone);

    /// <summary>A scope that notes what a node's template refers to and how it configures itself.</summary>
    public Scope ParseScope(string name, string resourceType, string file, ParsedLinks links, ConfigKeys keys, List<KeyValuePair<string, object?>> noted) =>
        NodeScope.Create(
            Scope, links, new ConfigFunction(keys, (key, value) => noted.Add(KeyValuePair.Create(key, value)), _ => null),
            new RelationValue(Target.Database, Target.Schema, name),
            new Dictionary<string, object?> { ["name"] = name, ["unique_id"] = $"{resourceType}.{Project.Name}.{name}", ["resource_type"] = resourceType, ["path"] = file, ["original_file_path"] = file },
            Variables(missingIsNone: true), execute: false, incremental: false);

    /// <summary>Puts a mistake found in a template on the list; one that dbt shows only at run time is returned instead.</summary>
    public JinjaException? Report(JinjaException wrong, string file)
    {
        if (wrong.Kind == JinjaErrorKind.Undefined)
            return wrong;
        Problems.Add(Refuse.CodeOf(wrong, "WEIR7006"), wrong.File ?? file, wrong.Line, wrong.Message + (wrong.File is null || wrong.File == file ? "" : $" (called from {file})"));
        return null;
    }

    /// <summary>Text from a schema.yml with its Jinja rendered; <c>doc('x')</c> works in it.</summary>
    public string RenderText(Yaml.YamlValue? value, string file)
    {
        if (value is null)
            return "";
        try
        {
            return NodeConfig.AsText(Plain.Render(value, file, YamlScope)).Trim();
        }
        catch (JinjaException wrong)
        {
            Problems.Add(Refuse.CodeOf(wrong, "WEIR7006"), file, wrong.Line == 0 ? value.Line : wrong.Line, wrong.Message);
            return "";
        }
    }

    public object? RenderValue(Yaml.YamlValue value, string file)
    {
        try
        {
            return Plain.Render(value, file, YamlScope);
        }
        catch (JinjaException wrong)
        {
            Problems.Add(Refuse.CodeOf(wrong, "WEIR7006"), file, wrong.Line == 0 ? value.Line : wrong.Line, wrong.Message);
            return null;
        }
    }

    public IReadOnlyList<ModelColumn> Columns(IReadOnlyList<ColumnPatch> columns, string file) =>
        [.. columns.Select(column => new ModelColumn(column.Name, RenderText(column.Description, file), column.DataType, [.. column.Tests.Select(test => test.Test)]) { Constraints = column.Constraints })];

    /// <summary>Adds the settings of a schema.yml entry, checked.</summary>
    public void ApplyPatch(IReadOnlyList<Yaml.YamlEntry> settings, string file, ConfigKeys keys, NodeConfig config)
    {
        foreach (var entry in settings)
        {
            keys.Check(entry.Key.TrimStart('+'), entry.Value.ToObject(), file, entry.Line, Problems);
            config.Set(entry.Key.TrimStart('+'), new Setting(ConfigTree.IsHook(entry) ? entry.Value.ToObject() : RenderValue(entry.Value, file), file, entry.Line));
        }
    }
}
