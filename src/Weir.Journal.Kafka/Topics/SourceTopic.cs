namespace Weir.Journal.Kafka;

/// <summary>A topic whose messages are events of a source.</summary>
/// <param name="Name">The topic.</param>
/// <param name="Source">The source.</param>
/// <param name="IsOwn">Whether Weir's collectors write it: made if it is not there, and each message has Weir's headers.</param>
/// <param name="Dialect">How a message of another's topic is read: one of <see cref="Events.Dialects"/>.</param>
public sealed record SourceTopic(string Name, string Source, bool IsOwn, string Dialect = Events.Dialects.Weir);
