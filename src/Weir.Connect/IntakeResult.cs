namespace Weir.Connect;

/// <summary>What became of a file that was offered.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Outcome">What was done.</param>
/// <param name="StreamId">The stream that holds its records; empty when it was not still.</param>
/// <param name="Records">How many records were received now.</param>
/// <param name="SameAs">The name under which equal content had been taken; only for <see cref="IntakeOutcome.SameAs"/>.</param>
public sealed record IntakeResult(string Path, IntakeOutcome Outcome, string StreamId, long Records, string? SameAs = null);

/// <summary>The outcomes of offering a file.</summary>
public enum IntakeOutcome
{
    /// <summary>It is a stream of its own now; all its records were received.</summary>
    Taken,
    /// <summary>All its content had been received before, under this or another name; nothing was.</summary>
    SameAs,
    /// <summary>It grew since it was taken; the new records were received in the same stream.</summary>
    Grown,
    /// <summary>Something else than its end changed since it was taken; nothing was received, somebody must look.</summary>
    Changed,
    /// <summary>Somebody may still be writing it; nothing was received, offer it again.</summary>
    NotStill,
}
