using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>
/// The <c>models:</c> (or <c>seeds:</c>, <c>data_tests:</c>) tree of dbt_project.yml: settings by project, folder and name; deeper ones win.
/// </summary>
internal sealed class ConfigTree
{
    private readonly YamlMap? root;
    private readonly ConfigKeys keys;
    private readonly string file;
    private readonly HashSet<YamlMap> used = new(ReferenceEqualityComparer.Instance);
    private readonly Func<YamlValue, object?> render;

    public ConfigTree(YamlMap? root, ConfigKeys keys, string file, Func<YamlValue, object?> render, Problems problems)
    {
        (this.root, this.keys, this.file, this.render) = (root, keys, file, render);
        if (root is not null)
            Check(root, problems);
    }

    /// <summary>Puts the settings that apply to a node into <paramref name="config"/>.</summary>
    /// <param name="fqn">Project, folders under the path, name.</param>
    public void Apply(IReadOnlyList<string> fqn, NodeConfig config)
    {
        var level = root;
        for (var depth = 0; level is not null; depth++)
        {
            used.Add(level);
            foreach (var entry in level.Entries.Where(entry => IsSetting(entry)))
                config.Set(entry.Key.TrimStart('+'), new Setting(IsTemplate(entry.Key.TrimStart('+')) ? entry.Value.ToObject() : render(entry.Value), file, entry.Line) { Raw = entry.Value.ToObject() });
            level = depth < fqn.Count ? level.Entries.FirstOrDefault(entry => entry.Key == fqn[depth] && !IsSetting(entry))?.Value as YamlMap : null;
        }
    }

    /// <summary>Warns of folders and names that no node has.</summary>
    public void WarnUnused(Problems problems)
    {
        if (root is not null)
            WarnUnused(root, "", problems);
    }

    private void WarnUnused(YamlMap level, string path, Problems problems)
    {
        foreach (var entry in level.Entries.Where(entry => !IsSetting(entry)))
        {
            if (entry.Value is not YamlMap inner)
                continue;
            var name = path.Length == 0 ? entry.Key : $"{path}.{entry.Key}";
            if (!used.Contains(inner))
                problems.Warn("WEIR7018", file, entry.Line, $"the settings under '{name}' apply to no {keys.Kind}. The first level is the project's name, the next ones are folders.");
            else
                WarnUnused(inner, name, problems);
        }
    }

    private void Check(YamlMap level, Problems problems)
    {
        foreach (var entry in level.Entries)
        {
            if (IsSetting(entry))
                keys.Check(entry.Key.TrimStart('+'), entry.Value.ToObject(), file, entry.Line, problems);
            else if (entry.Value is YamlMap inner)
                Check(inner, problems);
            else if (entry.Value is not YamlScalar { Value: null })
                keys.Check(entry.Key, entry.Value.ToObject(), file, entry.Line, problems);
        }
    }

    /// <summary>SQL templates of the node, which are rendered when it runs.</summary>
    public static bool IsTemplate(string key) => key is "loaded_at_query" or "pre-hook" or "post-hook" or "pre_hook" or "post_hook";

    /// <summary>A key with a plus is a setting; without one it is when dbt knows it and its value is no folder.</summary>
    private bool IsSetting(YamlEntry entry) =>
        entry.Key.StartsWith('+') || (entry.Value is not YamlMap && (keys.Supported.Contains(entry.Key) || keys.Refused.Contains(entry.Key)));
}
