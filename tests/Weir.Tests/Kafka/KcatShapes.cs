using Weir.Events;
using Weir.Journal.Kafka;
using Weir.Sources;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Kafka;

/// <summary>A shape in which somebody else's program writes its messages: of each hundred ten are copies under another key, two are cut off, one is no object, and one says nothing.</summary>
/// <param name="Name">The source.</param>
/// <param name="Format">How messages are declared.</param>
/// <param name="Text">The event of a number.</param>
internal sealed record KcatShape(string Name, MessageFormat Format, Func<int, string> Text)
{
    public const int Copies = 10;
    private const int CutOff = 12, NoObject = 13;

    public Dictionary<string, string> Fields { get; init; } = [];

    public Dictionary<string, string> Values { get; init; } = [];

    public static IReadOnlyList<KcatShape> All(string time) =>
    [
        new("plain", MessageFormat.Json, i => $$$"""{"event_id":"{{{Id(i)}}}","event":"Page Viewed","timestamp":"{{{time}}}Z","user_id":"u{{{i % 1000}}}","properties":{"n":{{{i}}} }}"""),
        new("mapped", MessageFormat.Json, i => $$$"""{"id":"p-{{{i}}}","at":"{{{time}}}Z","customer":{"number":{{{i % 1000}}} },"n":{{{i}}} }""")
        {
            Fields = new() { ["event_id"] = "id", ["user_id"] = "customer.number", ["timestamp"] = "at" }, Values = new() { ["event"] = "Payment Taken" },
        },
        new("segment", MessageFormat.Segment, i => $$$"""{"type":"track","event":"Order Completed","messageId":"m{{{i}}}","userId":"u{{{i % 1000}}}","timestamp":"{{{time}}}Z","properties":{"n":{{{i}}} }}"""),
        new("debezium", MessageFormat.Debezium, i => $$$"""{"schema":{},"payload":{"before":null,"after":{"customer":{{{i % 1000}}},"n":{{{i}}} },"source":{"table":"orders","lsn":{{{i}}},"ts_ms":{{{DateTimeOffset.Parse(time + "Z").ToUnixTimeMilliseconds()}}} },"op":"c"}}""")
        {
            Fields = new() { ["event_id"] = "source.lsn", ["user_id"] = "customer" },
        },
    ];

    public TopicDefinition Topic(string prefix) => new($"{prefix}{Name}", Format, Fields, Values);

    public SourceTopic SourceTopic(string prefix) =>
        new($"{prefix}{Name}", Name, IsOwn: false, Format == MessageFormat.Segment ? Dialects.Segment : Topic(prefix).IsPlain ? Dialects.Weir : Dialects.Mapped);

    /// <summary>What becomes of the message of a number.</summary>
    public static KcatFate FateOf(int number) => (number % 100) switch
    {
        < Copies => number < 100 ? KcatFate.Lands : KcatFate.Copy,
        < NoObject => number % 100 < CutOff ? KcatFate.CutOff : KcatFate.NoObject,
        NoObject => KcatFate.Nothing,
        _ => KcatFate.Lands,
    };

    /// <summary>A line for kcat: key, tab, value.</summary>
    public string Line(int number) => FateOf(number) switch
    {
        KcatFate.Lands => $"k{number}\t{Text(number)}",
        KcatFate.Copy => $"c{number}\t{Text(number - 60)}", // of one that lands, perhaps in another partition
        KcatFate.CutOff => $"k{number}\t{Text(number)[..^1]}",
        KcatFate.NoObject => $"k{number}\t[{number}]",
        _ => $"k{number}\t",
    };
}

internal enum KcatFate
{
    Lands,
    Copy,
    CutOff,
    NoObject,
    Nothing,
}
