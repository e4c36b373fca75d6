using System.Text.RegularExpressions;
using Weir.Sources;

namespace Weir.Configuration;

/// <summary>The <c>topic</c> of a source: a topic of Kafka that others write.</summary>
internal static partial class TopicSection
{
    private static readonly Dictionary<string, MessageFormat> Formats = new() { ["json"] = MessageFormat.Json, ["segment"] = MessageFormat.Segment, ["debezium"] = MessageFormat.Debezium };

    public static TopicDefinition? Read(YamlSection source)
    {
        if (source.Section("topic") is not { } section) return null;
        var name = section.RequiredText("name");
        if (name.Length > 0 && !NamePattern().IsMatch(name)) section.Mistake("name", $"is '{name}', but topics have letters, digits, '.', '_' and '-', at most 249");
        var format = section.Choice("format", MessageFormat.Json, Formats);
        var topic = new TopicDefinition(name, format, Texts(section, "fields"), Texts(section, "values"));
        if (format == MessageFormat.Segment && !topic.IsPlain) section.Mistake("fields", "is not for format segment, whose messages have their names; leave fields and values out");
        section.RejectUnknown();
        return topic;
    }

    private static Dictionary<string, string> Texts(YamlSection section, string key) =>
        section.Section(key) is { } map ? map.Keys.ToList().ToDictionary(k => k, k => map.Text(k) ?? "", StringComparer.Ordinal) : [];

    [GeneratedRegex("^[A-Za-z0-9._-]{1,249}$")]
    private static partial Regex NamePattern();
}
