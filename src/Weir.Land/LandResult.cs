namespace Weir.Land;

/// <summary>What one call of <see cref="Lander.LandAsync"/> has committed. Counts are events.</summary>
/// <param name="Landed">Rows in the lake.</param>
/// <param name="Duplicate">Copies of what had landed.</param>
/// <param name="Quarantined">Kept aside.</param>
/// <param name="Commits">Ledger commits made.</param>
/// <param name="Problems">Streams that could not be read to their heads, or whose landed segments could not be moved (WEIR5008); the others have landed.</param>
public sealed record LandResult(long Landed, long Duplicate, long Quarantined, int Commits, IReadOnlyList<StreamProblem> Problems)
{
    /// <summary>Dropped on purpose.</summary>
    public long Dropped { get; init; }

    /// <summary>All events that have a fate now and had none before.</summary>
    public long Events => Landed + Duplicate + Quarantined + Dropped;

    /// <summary>The size of these events as sent, each counted at least as the memory that its row takes.</summary>
    public long Bytes { get; init; }
}

/// <summary>A stream whose landing waits, or (WEIR5008) whose landed segments still lie in the journal.</summary>
/// <param name="Stream">Its id.</param>
/// <param name="Source">Its source.</param>
/// <param name="Position">The ordinal where it waits; for WEIR5008, up to where it has landed.</param>
/// <param name="Code">The error's code.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record StreamProblem(string Stream, string Source, long Position, string Code, string Message);

/// <summary>How far a landing is. Counts are events.</summary>
/// <param name="Decided">Decided so far, committed or about to be.</param>
/// <param name="Total">To be decided by this call.</param>
/// <param name="Committed">Of the decided ones: those that are committed.</param>
public sealed record LandProgress(long Decided, long Total, long Committed);
