using YamlDotNet.RepresentationModel;

namespace Weir.Configuration;

/// <summary>Changes <c>journal.type</c> in <c>weir.yml</c>, and nothing else of its text.</summary>
internal static class JournalType
{
    /// <summary>The file with another type, where the environment's own section says it, or the whole file's.</summary>
    /// <returns>Null: there is no place for it.</returns>
    public static string? Replace(string text, string environment, string type)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        if (yaml.Documents.Count == 0 || yaml.Documents[0].RootNode is not YamlMappingNode root) return null;
        var journals = new[] { Child(Child(Child(root, "environments"), environment), "journal"), Child(root, "journal") }.OfType<YamlMappingNode>().ToList();
        if (journals.Find(j => j.Children.ContainsKey(new YamlScalarNode("type"))) is { } said)
        {
            var value = said.Children[new YamlScalarNode("type")];
            return text[..(int)value.Start.Index] + type + text[(int)value.End.Index..];
        }
        if (journals.FirstOrDefault() is not { Children.Count: > 0 } journal) return null;
        var first = journal.Children.Keys.First().Start;
        var isFlow = journal.Style == YamlDotNet.Core.Events.MappingStyle.Flow;
        return text[..(int)first.Index] + (isFlow ? $"type: {type}, " : $"type: {type}\n{new string(' ', (int)first.Column - 1)}") + text[(int)first.Index..];
    }

    private static YamlNode? Child(YamlNode? node, string key) => node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;
}
