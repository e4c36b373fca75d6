namespace Weir.Accounting;

/// <summary>What of the account is to be proven.</summary>
/// <param name="Source">One source; null: all.</param>
/// <param name="From">From this receive hour on, UTC; null: from the beginning.</param>
/// <param name="To">Up to, but not including, this receive hour; null: to the end.</param>
public sealed record VerifyScope(string? Source = null, DateTime? From = null, DateTime? To = null)
{
    /// <summary>Whether all hours are in scope.</summary>
    public bool IsWhole => From is null && To is null;

    /// <summary>Whether a receive hour is in scope.</summary>
    public bool Holds(DateTime hour) => (From is null || hour >= From) && (To is null || hour < To);
}

/// <summary>The account as proven from the data.</summary>
/// <param name="Streams">Each stream, by source and id.</param>
/// <param name="Faults">What does not hold; empty when all does.</param>
public sealed record VerifyReport(IReadOnlyList<StreamVerdict> Streams, IReadOnlyList<VerifyFault> Faults)
{
    /// <summary>Whether everything that was to be proven is.</summary>
    public bool Holds => Faults.Count == 0;
}

/// <summary>What was proven of one stream, if it has no faults. Counts are events.</summary>
/// <param name="Stream">Its id.</param>
/// <param name="Source">Its source.</param>
/// <param name="From">The first ordinal looked at.</param>
/// <param name="To">The ordinal after the last.</param>
/// <param name="Landed">Rows in the lake.</param>
/// <param name="Duplicate">In the ledger's runs of duplicates.</param>
/// <param name="Quarantined">Rows in quarantine.</param>
/// <param name="Dropped">In the ledger's runs of dropped events.</param>
/// <param name="Waiting">Received, read and whole, not landed yet.</param>
/// <param name="Unproven">Acknowledged after the last witness: what there is of them is whole, but that there were no more cannot be proven.</param>
/// <param name="Removed">Of all: those whose segments were removed after landing; the ledger's hash stands for them.</param>
public sealed record StreamVerdict(
    string Stream, string Source, long From, long To, long Landed, long Duplicate, long Quarantined, long Dropped, long Waiting, long Unproven, long Removed);

/// <summary>Something that does not hold.</summary>
/// <param name="Stream">The stream; empty where it cannot be told.</param>
/// <param name="Source">Its source; empty where it cannot be told.</param>
/// <param name="From">The first ordinal concerned.</param>
/// <param name="To">The ordinal after the last.</param>
/// <param name="File">The file or folder concerned.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record VerifyFault(string Stream, string Source, long From, long To, string File, string What, string Remedy)
{
    /// <summary>All of it as a sentence.</summary>
    public override string ToString() =>
        $"{(Source.Length > 0 ? $"{Source}: " : "")}{(Stream.Length > 0 ? $"stream {Stream}, " : "")}ordinals {From} to {Math.Max(From, To - 1)}: {What} ({File}). {Remedy}.";
}

/// <summary>How far a proof is.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="Fraction">Of the whole, 0 to 1.</param>
public readonly record struct VerifyProgress(string Step, double Fraction);
