using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>What the readers of a schema.yml's sections share: items with names, settings.</summary>
internal sealed class YamlReading(string file, Problems problems)
{
    public string File { get; } = file;

    public Problems Problems { get; } = problems;

    /// <summary>The settings under <c>config:</c>, and those that may stand beside it: <c>tags</c>, <c>meta</c> and <paramref name="beside"/>.</summary>
    public List<YamlEntry> Config(YamlMap owner, params string[] beside)
    {
        var config = owner.Find("config");
        if (config is { Value: not (YamlMap or YamlScalar { Value: null }) })
            Problems.Add("WEIR7005", File, config.Line, $"'config' is {config.Value.Kind}, and must be a mapping: `config: {{materialized: table}}`.");
        return [.. owner.Entries.Where(entry => entry.Key is "tags" or "meta" || beside.Contains(entry.Key)), .. (config?.Value as YamlMap)?.Entries ?? []];
    }

    public string? NameOf(YamlMap item, string kind)
    {
        var name = item.Text("name");
        if (name is null)
            Problems.Add("WEIR7005", File, item.Line, $"this {kind} has no 'name'.");
        return name;
    }

    public IEnumerable<YamlMap> Items(YamlMap owner, string key)
    {
        if (owner.Find(key) is not { } entry || entry.Value is YamlScalar { Value: null })
            yield break;
        if (entry.Value is not YamlList list)
        {
            Problems.Add("WEIR7005", File, entry.Line, $"'{key}' is {entry.Value.Kind}, and must be a list: each item starts with `- name: …`.");
            yield break;
        }

        foreach (var item in list.Items)
        {
            if (item is YamlMap map)
                yield return map;
            else
                Problems.Add("WEIR7005", File, item.Line, $"an item of '{key}' is {item.Kind}, and must be a mapping: `- name: …`.");
        }
    }

    /// <summary>A mapping of names to values; empty when absent.</summary>
    public IReadOnlyDictionary<string, object?> Map(YamlMap owner, string key)
    {
        var entry = owner.Find(key);
        if (entry is { Value: not (YamlMap or YamlScalar { Value: null }) })
            Problems.Add("WEIR7005", File, entry.Line, $"'{key}' is {entry.Value.Kind}, and must be a mapping.");
        return (entry?.Value as YamlMap)?.ToObject() as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>();
    }
}
