namespace Weir.Sources;

/// <summary>A topic of others whose messages are a source's events or rows.</summary>
/// <param name="Name">The topic.</param>
/// <param name="Format">What a message's value is.</param>
/// <param name="Fields">Weir's names, each with the member (nested with dots) from which it is read; what is not named keeps its own name.</param>
/// <param name="Values">Weir's names that have the same value in all events.</param>
public sealed record TopicDefinition(string Name, MessageFormat Format, IReadOnlyDictionary<string, string> Fields, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Whether messages are read as they are: nothing is to be renamed.</summary>
    public bool IsPlain => Fields.Count == 0 && Values.Count == 0 && Format != MessageFormat.Debezium;
}

/// <summary>What the values of a topic's messages are.</summary>
public enum MessageFormat
{
    /// <summary>JSON objects.</summary>
    Json,
    /// <summary>Messages of the Segment HTTP API.</summary>
    Segment,
    /// <summary>Debezium's envelope of a changed row: <c>before</c>, <c>after</c>, <c>op</c>, <c>source</c>, <c>ts_ms</c>, with or without <c>payload</c> around it.</summary>
    Debezium,
}
