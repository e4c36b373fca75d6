using Weir.Models.Context;
using Weir.Models.Jinja;

namespace Weir.Models.Project;

/// <summary>Reads models and singular tests: one file, one node. Their templates run once with <c>execute</c> false to find what they read.</summary>
internal sealed class ModelReader(LoadContext load, ConfigTree models, ConfigTree tests)
{
    public Node ReadModel(string root, string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return Read(root, file, name, "model", "models", models, ConfigKeys.Models);
    }

    public Node ReadSingularTest(string root, string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return Read(root, file, name, "test", "data_tests", tests, ConfigKeys.Tests);
    }

    private Node Read(string root, string file, string name, string resourceType, string section, ConfigTree tree, ConfigKeys keys)
    {
        var text = File.ReadAllText(Path.Combine(load.Folder, file));
        var links = new ParsedLinks(load.Names, load.Target);
        var noted = new List<KeyValuePair<string, object?>>();
        Template? template = null;
        JinjaException? deferred = null;
        try
        {
            var start = text.Length - text.TrimStart().Length;
            template = Template.Parse(text.Trim(), file, 1 + text.AsSpan(0, start).Count('\n'));
            template.Render(load.ParseScope(name, resourceType, file, links, keys, noted));
        }
        catch (JinjaException wrong)
        {
            deferred = load.Report(wrong, file);
        }

        var patch = load.Patches.Find(section, name);
        var node = new Node
        {
            UniqueId = $"{resourceType}.{load.Project.Name}.{name}",
            ResourceType = resourceType,
            Name = name,
            File = file,
            Fqn = ProjectFiles.Fqn(load.Project.Name, root, file, name),
            RawCode = text,
            Template = template,
            Deferred = deferred,
            Description = load.RenderText(patch?.Description, patch?.File ?? file),
            Columns = patch is null ? [] : load.Columns(patch.Columns, patch.File),
            Constraints = patch?.Constraints ?? [],
            Config = Configure(name, root, file, text, tree, keys, noted, patch),
        };
        node.DependsOn.AddRange(links.Sources.Select(source => $"source.{load.Project.Name}.{source.Source}.{source.Table}"));
        node.DependsOn.AddRange(links.Refs); // names, until every node is known
        return node;
    }

    private NodeConfig Configure(string name, string root, string file, string text, ConfigTree tree, ConfigKeys keys, List<KeyValuePair<string, object?>> noted, NodePatch? patch)
    {
        var config = new NodeConfig();
        tree.Apply(ProjectFiles.Fqn(load.Project.Name, root, file, name), config);
        Note(config, noted.Where(setting => setting.Key == "tags"), file, text);
        if (patch is not null)
            load.ApplyPatch(patch.Config, patch.File, keys, config);
        Note(config, noted.Where(setting => setting.Key != "tags"), file, text);
        return config;
    }

    private static void Note(NodeConfig config, IEnumerable<KeyValuePair<string, object?>> settings, string file, string text)
    {
        foreach (var (key, value) in settings)
            config.Set(key, new Setting(value, file, FilePlaces.LineOfSetting(text, key)));
    }
}
