namespace Weir.Events;

/// <summary>A stream whose bytes as received are kept after landing, until they are removed.</summary>
public interface IKeptStream : IEventStream
{
    /// <summary>Whole pieces of the stream that can be removed now, from its beginning on, in order; also what an earlier removal recorded and a crash left.</summary>
    /// <param name="upto">The ordinal after the last event whose landing is committed.</param>
    /// <param name="receivedBefore">Only what was received before.</param>
    /// <exception cref="WeirException">The stream's files cannot be read.</exception>
    IReadOnlyList<KeptPiece> FindRemovable(long upto, DateTimeOffset receivedBefore);

    /// <summary>Deletes pieces. That they go must have been recorded, durably. What was received stays known.</summary>
    /// <param name="pieces">The first of those that <see cref="FindRemovable"/> gave.</param>
    /// <param name="lease">The number of the lease under which the caller removes.</param>
    void Remove(IReadOnlyList<KeptPiece> pieces, long lease);
}

/// <summary>A piece of a stream that is removed as a whole: a segment of the journal, what was taken of a file at one time.</summary>
/// <param name="Path">The file in which it lies.</param>
/// <param name="Bytes">How large that is.</param>
/// <param name="What">Its events, with the proof of what they were.</param>
public sealed record KeptPiece(string Path, long Bytes, RemovedSegment What);
