using Weir.Models.Project;
using Weir.Models.Yaml;

namespace Weir.Models.Select;

/// <summary>The named selectors of selectors.yml.</summary>
internal sealed class SelectorsFile
{
    private const string FileName = "selectors.yml";
    private static readonly string[] Keys = ["method", "value", "parents", "parents_depth", "children", "children_depth", "childrens_parents", "exclude", "indirect_selection"];
    private readonly Dictionary<string, Spec> specs = [];
    private readonly Problems problems = new();

    /// <summary>The selector marked <c>default: true</c>; null when there is none.</summary>
    public string? Default { get; private set; }

    public static SelectorsFile Read(string folder)
    {
        var file = new SelectorsFile();
        var path = Path.Combine(folder, FileName);
        if (File.Exists(path) && YamlFile.Read(path, FileName, file.problems) is { } map)
        {
            foreach (var item in map.List("selectors").OfType<YamlMap>())
                file.Add(item);
        }

        file.problems.ThrowIfAny(folder);
        return file;
    }

    /// <exception cref="WeirException">WEIR7017: there is no such selector.</exception>
    public Spec Find(string name) => specs.TryGetValue(name, out var spec)
        ? spec
        : throw new WeirException("WEIR7017", $"{FileName} has no selector '{name}'.{Suggest.Near(name, specs.Keys)} It has: {(specs.Count == 0 ? "none" : string.Join(", ", specs.Keys))}.");

    private void Add(YamlMap item)
    {
        foreach (var entry in item.Entries.Where(entry => entry.Key is not ("name" or "description" or "definition" or "default")))
            problems.Add("WEIR7003", FileName, entry.Line, $"'{entry.Key}' is not a key of a selector.{Suggest.Near(entry.Key, ["name", "description", "definition", "default"])}");
        if (item.Text("name") is not { } name || item.Find("definition") is not { } definition)
        {
            problems.Add("WEIR7005", FileName, item.Line, "a selector needs a name and a definition: `- {name: nightly, definition: 'tag:nightly'}`.");
            return;
        }

        if (Read(definition.Value) is { } spec)
            specs[name] = spec;
        if (item.Find("default")?.Value.ToObject() is true)
            Default = name;
    }

    private Spec? Read(YamlValue value)
    {
        try
        {
            switch (value)
            {
                case YamlScalar { Value: not null } text:
                    return new One(Criterion.Parse(text.Text));
                case YamlMap map when map.Find("union") is not null:
                    return Combined(map.List("union"), parts => new Union(parts));
                case YamlMap map when map.Find("intersection") is not null:
                    return Combined(map.List("intersection"), parts => new Intersection(parts));
                case YamlMap map when map.Text("method") == "selector":
                    return Find(map.Text("value") ?? "");
                case YamlMap map when map.Find("method") is not null:
                    return OfMethod(map);
                case YamlMap { Entries: [{ Value: YamlScalar } only] }:
                    return new One(Criterion.Of(only.Key, ((YamlScalar)only.Value).Text, null, null, false, $"{only.Key}:{((YamlScalar)only.Value).Text}"));
                default:
                    problems.Add("WEIR7005", FileName, value.Line, "a definition is a selector (`tag:nightly`), `{method: tag, value: nightly}`, or `union:` or `intersection:` with a list of these.");
                    return null;
            }
        }
        catch (WeirException wrong)
        {
            problems.Add(wrong.Code, FileName, value.Line, wrong.Message);
            return null;
        }
    }

    private Spec Combined(IReadOnlyList<YamlValue> items, Func<IReadOnlyList<Spec>, Spec> combine)
    {
        var without = items.OfType<YamlMap>().Where(map => map.Find("exclude") is not null && map.Find("method") is null).ToList();
        var from = combine([.. items.Except(without).Select(Read).OfType<Spec>()]);
        return without.Count == 0 ? from : new Difference(from, new Union([.. without.SelectMany(map => map.List("exclude")).Select(Read).OfType<Spec>()]));
    }

    private Spec OfMethod(YamlMap map)
    {
        foreach (var entry in map.Entries.Where(entry => !Keys.Contains(entry.Key)))
            problems.Add("WEIR7003", FileName, entry.Line, $"'{entry.Key}' is not a key of a selector's definition.{Suggest.Near(entry.Key, Keys)}");
        bool Flag(string key) => map.Find(key)?.Value.ToObject() is true;
        int? Depth(string key) => Flag(key) ? map.Find(key + "_depth")?.Value.ToObject() is long depth ? (int)depth : int.MaxValue : null;
        IndirectSelection? indirect = Enum.TryParse<IndirectSelection>(map.Text("indirect_selection"), ignoreCase: true, out var given) ? given : null;
        var text = $"{map.Text("method")}:{map.Text("value")}";
        var one = new One(Criterion.Of(map.Text("method")!, map.Text("value") ?? "", Depth("parents"), Depth("children"), Flag("childrens_parents"), text), indirect);
        return map.Find("exclude") is null ? one : new Difference(one, new Union([.. map.List("exclude").Select(Read).OfType<Spec>()]));
    }
}
