using Weir.Models.Project;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Weir.Models.Yaml;

/// <summary>Reads one YAML file into values with lines.</summary>
internal static class YamlFile
{
    /// <summary>The file's mapping; null when it is empty or wrong (then <paramref name="problems"/> says why).</summary>
    public static YamlMap? Read(string path, string shownAs, Problems problems)
    {
        try
        {
            using var reader = new StreamReader(path);
            switch (Parse(reader))
            {
                case null:
                    return null;
                case YamlMap map:
                    return map;
                case YamlScalar { Value: null }:
                    return null;
                case var other:
                    problems.Add("WEIR7002", shownAs, other.Line, $"the file holds {other.Kind} where a mapping (`key: value`) is expected");
                    return null;
            }
        }
        catch (YamlException wrong)
        {
            var why = (wrong.InnerException?.Message ?? wrong.Message).Replace('\n', ' ');
            problems.Add("WEIR7002", shownAs, (int)wrong.Start.Line, $"this is not valid YAML: {why} Check the indentation, and quote text that holds `: `, `#` or starts with `{{{{`.");
            return null;
        }
    }

    /// <summary>The first document; null when there is none.</summary>
    public static YamlValue? Parse(TextReader reader)
    {
        var stream = new YamlStream();
        stream.Load(reader);
        return stream.Documents.Count == 0 ? null : Convert(stream.Documents[0].RootNode);
    }

    private static YamlValue Convert(YamlNode node)
    {
        var line = (int)node.Start.Line;
        switch (node)
        {
            case YamlSequenceNode list:
                return new YamlList(line, [.. list.Children.Select(Convert)]);
            case YamlMappingNode map:
                var entries = new List<YamlEntry>();
                foreach (var (key, value) in map.Children)
                {
                    var name = (key as YamlScalarNode)?.Value ?? key.ToString();
                    if (name == "<<" && Convert(value) is YamlMap merged)
                        entries.AddRange(merged.Entries.Where(entry => !map.Children.ContainsKey(new YamlScalarNode(entry.Key))));
                    else
                        entries.Add(new YamlEntry(name, (int)key.Start.Line, Convert(value)));
                }

                return new YamlMap(line, entries);
            case YamlScalarNode scalar:
                var text = scalar.Value ?? "";
                return new YamlScalar(line, scalar.Style == ScalarStyle.Plain ? YamlScalars.Resolve(text) : text, text);
            default:
                throw new YamlException(node.Start, node.End, $"a {node.NodeType} is not understood here.");
        }
    }
}
