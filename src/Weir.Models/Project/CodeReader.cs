using Weir.Models.Context;
using Weir.Models.Jinja;

namespace Weir.Models.Project;

/// <summary>Reads what is SQL with Jinja: models, singular tests, analyses and snapshots. Their templates run once with <c>execute</c> false to find what they read.</summary>
internal sealed class CodeReader(LoadContext load)
{
    public Node ReadFile(string root, string file, string resourceType, string section)
    {
        var text = File.ReadAllText(Path.Combine(load.Folder, file));
        var name = Path.GetFileNameWithoutExtension(file);
        var start = text.Length - text.TrimStart().Length;
        var fqn = load.Package.Fqn(file, name);
        return Read(new Code(name, resourceType, section, root, file, file, 0, resourceType == "analysis" ? [fqn[0], "analysis", .. fqn.Skip(1)] : fqn, text.Trim(), 1 + text.AsSpan(0, start).Count('\n'), text));
    }

    /// <summary>The <c>{% snapshot %}</c> blocks of a file.</summary>
    public IEnumerable<Node> ReadSnapshots(string root, string file)
    {
        var text = File.ReadAllText(Path.Combine(load.Folder, file));
        foreach (var block in SnapshotBlocks.Of(text))
        {
            var fqn = load.Package.Fqn(file, Path.GetFileNameWithoutExtension(file));
            yield return Read(new Code(block.Name, "snapshot", "snapshots", root, file, file, block.Line, [.. fqn, block.Name], block.Text, block.Line, new string('\n', block.Line - 1) + block.Text) { Block = block.Whole });
        }
    }

    /// <summary>A snapshot that is only YAML: all rows of a relation.</summary>
    public Node ReadYamlSnapshot(NodePatch patch)
    {
        var root = load.Package.RootOf(patch.File);
        return Read(new Code(
            patch.Name, "snapshot", "snapshots", root, patch.File, $"{patch.File}/{patch.Name}.sql", patch.Line, [.. ProjectFiles.Fqn(load.Package.Name, root, patch.File, patch.Name)],
            $"select * from {{{{ {patch.Relation!.Text} }}}}", patch.Relation.Line, $"select * from {{{{ {patch.Relation.Text} }}}}"));
    }

    private Node Read(Code code)
    {
        var links = new ParsedLinks(load.Names, load.Package.Name, load.Target);
        var noted = new List<KeyValuePair<string, object?>>();
        var mistakes = new List<ModelProblem>();
        var keys = ConfigKeys.Of(code.ResourceType);
        var config = new NodeConfig();
        load.Trees.Apply(code.ResourceType, code.Fqn, config);
        Template? template = null;
        JinjaException? deferred = null;
        try
        {
            template = Template.Parse(code.Text, code.File, code.FirstLine);
            template.Render(load.ParseScope(code.Name, code.ResourceType, code.File, links, keys, noted, key => noted.LastOrDefault(pair => pair.Key == key).Value ?? config.Find(key)?.Value));
        }
        catch (JinjaException wrong)
        {
            deferred = LoadContext.Sort(wrong, code.File, mistakes);
        }

        var patch = load.Patches.Find(code.Section, code.Name);
        Note(config, noted.Where(setting => setting.Key == "tags"), code);
        if (patch is not null)
            load.ApplyPatch(patch.Config, patch.File, keys, config);
        Note(config, noted.Where(setting => setting.Key != "tags"), code);
        var node = new Node
        {
            UniqueId = $"{code.ResourceType}.{load.Package.Name}.{code.Name}",
            ResourceType = code.ResourceType,
            Name = code.Name,
            Package = load.Package.Name,
            File = code.File,
            FileInPackage = load.Package.Inside(code.Path),
            Root = load.Package.Inside(code.Root),
            Line = code.Line,
            Fqn = code.Fqn,
            RawCode = code.Raw,
            Block = code.Block,
            Template = template,
            Deferred = deferred,
            Mistakes = mistakes,
            PatchFile = patch is null ? null : load.Package.Inside(patch.File),
            Description = load.RenderText(patch?.Description, patch?.File ?? code.File),
            Columns = patch is null ? [] : load.Columns(patch.Columns, patch.File),
            Constraints = patch?.Constraints ?? [],
            Config = config,
        };
        node.Refs.AddRange(links.Refs);
        node.SourceRefs.AddRange(links.Sources);
        return node;
    }

    private static void Note(NodeConfig config, IEnumerable<KeyValuePair<string, object?>> settings, Code code)
    {
        foreach (var (key, value) in settings)
            config.Set(key, new Setting(value, code.File, code.FirstLine - 1 + FilePlaces.LineOfSetting(code.Text, key)));
    }

    /// <param name="File">The file it stands in, for messages.</param>
    /// <param name="Path">The file it is compiled to.</param>
    /// <param name="Raw">The text so that its lines are the file's.</param>
    private sealed record Code(
        string Name, string ResourceType, string Section, string Root, string File, string Path, int Line, IReadOnlyList<string> Fqn, string Text, int FirstLine, string Raw)
    {
        /// <summary>A snapshot block's text with the white space around it.</summary>
        public string? Block { get; init; }
    }
}
