namespace Weir.Events;

/// <summary>A stream that can be read through to prove that it still holds what it says it received.</summary>
public interface IProvableStream : IEventStream
{
    /// <summary>
    /// A place of the stream whose chain of hashes is known without reading events, as far on as there is one; null: this stream has no chain. When it returns, the head
    /// that was read before is durable.
    /// </summary>
    ChainMark? ReadMark();

    /// <summary>Reads every byte of the ordinals <c>[From, To)</c> and compares it with its checksums and hashes. What is wrong is a result, not an exception.</summary>
    /// <param name="claim">What is to be proven, and what is known to be gone on purpose.</param>
    /// <param name="progress">Told how many more ordinals were looked at.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<StreamProof> ProveAsync(ProofClaim claim, IProgress<long>? progress, CancellationToken cancellationToken);
}

/// <summary>What is known of a stream from elsewhere.</summary>
/// <param name="From">The first ordinal to prove.</param>
/// <param name="To">The ordinal after the last.</param>
/// <param name="ReadRemoved">The removals that are recorded, in order of ordinals. Asked again if something is missing: it may have been removed meanwhile.</param>
/// <param name="Dropped">The ordinals that were given up on purpose, in order: they need not be readable.</param>
/// <param name="Marks">Hashes of the chain that were witnessed elsewhere.</param>
public sealed record ProofClaim(
    long From, long To, Func<IReadOnlyList<RemovedSegment>> ReadRemoved, IReadOnlyList<OrdinalRange> Dropped, IReadOnlyList<ChainMark> Marks);

/// <summary>What reading a stream through found.</summary>
/// <param name="Received">What was received by hour, as the bytes say it: of what could be read, or is recorded as removed.</param>
/// <param name="Faults">What does not hold.</param>
/// <param name="Removed">How many of the events are proven by their record as removed, not by their bytes.</param>
public sealed record StreamProof(IReadOnlyList<ReceivedHour> Received, IReadOnlyList<StreamFault> Faults, long Removed = 0);

/// <summary>Something of a stream that does not hold.</summary>
/// <param name="From">The first ordinal concerned.</param>
/// <param name="To">The ordinal after the last.</param>
/// <param name="File">The file.</param>
/// <param name="What">What is wrong, a sentence.</param>
/// <param name="Remedy">What to do, a sentence.</param>
public sealed record StreamFault(long From, long To, string File, string What, string Remedy);

/// <summary>A part of a stream that was removed after landing, with the proof of what it was.</summary>
/// <param name="Hour">The hour of receipt, UTC.</param>
/// <param name="First">The first ordinal.</param>
/// <param name="Count">How many.</param>
/// <param name="Hash">The chain's hash after the last of them, lower-case hexadecimal.</param>
public readonly record struct RemovedSegment(DateTime Hour, long First, long Count, string Hash)
{
    /// <summary>The ordinal after the last of them.</summary>
    public long End => First + Count;
}

/// <summary>The chain of hashes of a stream at one place.</summary>
/// <param name="Ordinal">The hash is over everything before this ordinal.</param>
/// <param name="Hash">Lower-case hexadecimal.</param>
public sealed record ChainMark(long Ordinal, string Hash);

/// <summary>Consecutive ordinals of one stream, <c>[From, To)</c>.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The ordinal after the last.</param>
public readonly record struct OrdinalRange(long From, long To);
