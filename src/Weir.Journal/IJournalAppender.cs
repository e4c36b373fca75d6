namespace Weir.Journal;

/// <summary>What takes batches durably: a journal in files, or in Kafka. Safe for any number of callers.</summary>
public interface IJournalAppender
{
    /// <summary>Whether it takes nothing now, and a load balancer should try another.</summary>
    bool IsFull { get; }

    /// <summary>Appends a batch; completes once it is durable, and not before.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="dialect">One of <see cref="Weir.Events.Dialects"/>.</param>
    /// <param name="envelopeJson">See <see cref="Weir.Events.Frame.Envelope"/>.</param>
    /// <param name="events">At least one. Copied before this method returns.</param>
    /// <param name="cancellationToken">Ends the waiting; the batch may still become durable.</param>
    /// <exception cref="WeirException">Nothing of the batch was acknowledged.</exception>
    Task AppendAsync(string source, string dialect, ReadOnlyMemory<byte> envelopeJson, IReadOnlyList<ReadOnlyMemory<byte>> events, CancellationToken cancellationToken);
}
