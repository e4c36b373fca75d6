using System.Text.RegularExpressions;
using Weir.Journal.Kafka;

namespace Weir.Configuration;

/// <summary>The journal as <c>weir.yml</c> says it.</summary>
/// <param name="IsKafka">Whether collectors append to Kafka; else to files.</param>
/// <param name="Kafka">The cluster; null: there is none. It may be there though collectors append to files: earlier topics are landed to their ends.</param>
/// <param name="Spill">Bytes that the journal in files may take while Kafka is away; 0: batches are refused then.</param>
internal sealed record JournalSettings(bool IsKafka, KafkaOptions? Kafka, long Spill);

/// <summary>The <c>journal</c> of <c>weir.yml</c>, as far as it is about Kafka.</summary>
internal static partial class KafkaSection
{
    private static readonly Dictionary<string, bool> Types = new() { ["files"] = false, ["kafka"] = true };

    /// <param name="layers">The environment's own section first.</param>
    /// <param name="group">The consumer group, unless one is named.</param>
    public static JournalSettings Read(IReadOnlyList<YamlSection> layers, string group)
    {
        var isKafka = layers.Reverse().Aggregate(false, (value, layer) => layer.Choice("type", value, Types));
        var sections = layers.Select(l => l.Section("kafka")).OfType<YamlSection>().ToList();
        if (sections.Count == 0)
        {
            if (isKafka) layers.First(l => l.Text("type") is not null).Mistake("type", "is 'kafka', but there is no journal.kafka that says where: brokers, at least");
            return new JournalSettings(false, null, 0);
        }
        T Setting<T>(T otherwise, Func<YamlSection, T, T> read) => sections.AsEnumerable().Reverse().Aggregate(otherwise, (value, section) => read(section, value));
        string Text(string key, string otherwise) => Setting(otherwise, (s, v) => s.Text(key) ?? v);

        var brokers = Text("brokers", "");
        if (brokers.Length == 0) sections[0].Mistake("brokers", "is required: host:port, or several of them, comma-separated");
        var usual = new KafkaOptions(brokers);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var section in sections.AsEnumerable().Reverse().Select(s => s.Section("settings")).OfType<YamlSection>())
            foreach (var name in section.Keys.ToList())
                settings[name] = Expand(section, name, section.Text(name) ?? "");
        var options = usual with
        {
            TopicPrefix = Text("topic_prefix", usual.TopicPrefix),
            Partitions = (int)Setting((long)usual.Partitions, (s, v) => s.Count("partitions", v)),
            Replication = (short)Setting((long)usual.Replication, (s, v) => s.Count("replication", v)),
            Group = Text("group", group),
            AnswerWithin = Setting(usual.AnswerWithin, (s, v) => s.Duration("answer_within", v)),
            MaxMessageBytes = (int)Math.Min(int.MaxValue, Setting((long)usual.MaxMessageBytes, (s, v) => s.Bytes("max_message", v))),
            Settings = settings,
        };
        if (!TopicPattern().IsMatch(options.TopicPrefix)) sections[0].Mistake("topic_prefix", $"is '{options.TopicPrefix}', but topics have letters, digits, '.', '_' and '-', at most 200");
        if (options.Partitions is < 1 or > 10_000) sections[0].Mistake("partitions", "must be from 1 to 10000");
        if (options.AnswerWithin < TimeSpan.FromSeconds(1)) sections[0].Mistake("answer_within", "must be at least 1s");
        var spill = Setting(0L, (s, v) => s.Bytes("spill", v));
        foreach (var section in sections) section.RejectUnknown();
        return new JournalSettings(isKafka, options, spill);
    }

    /// <summary><c>${NAME}</c> is the environment's variable: secrets need not stand in the file.</summary>
    private static string Expand(YamlSection section, string name, string text) => VariablePattern().Replace(text, match =>
    {
        if (CallerVariables.Get(match.Groups[1].Value) is { } value) return value;
        section.Mistake(name, $"names the variable {match.Groups[1].Value}, which is not set");
        return "";
    });

    [GeneratedRegex("^[A-Za-z0-9._-]{0,200}$")]
    private static partial Regex TopicPattern();

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex VariablePattern();
}
