namespace Weir.Land.Retaining;

/// <summary>Something whose time is over, or that went because of it.</summary>
/// <param name="Kind">What.</param>
/// <param name="Source">Of which source.</param>
/// <param name="Files">How many files; keys are files, too.</param>
/// <param name="Events">How many events are in them.</param>
/// <param name="Bytes">How large they are.</param>
/// <param name="From">The earliest hour or day of what is in them, UTC.</param>
/// <param name="To">When the latest ends.</param>
public sealed record RetentionWork(RetentionKind Kind, string Source, long Files, long Events, long Bytes, DateTime From, DateTime To)
{
    /// <summary>One of each kind and source, in their order.</summary>
    public static IReadOnlyList<RetentionWork> Sum(IEnumerable<RetentionWork> parts) =>
        [.. parts.GroupBy(p => (p.Kind, p.Source)).OrderBy(g => g.Key.Kind).ThenBy(g => g.Key.Source, StringComparer.Ordinal).Select(g => g.Aggregate(Add))];

    private static RetentionWork Add(RetentionWork one, RetentionWork other) => one with
    {
        Files = one.Files + other.Files, Events = one.Events + other.Events, Bytes = one.Bytes + other.Bytes,
        From = one.From < other.From ? one.From : other.From, To = one.To > other.To ? one.To : other.To,
    };
}

/// <summary>Kinds of <see cref="RetentionWork"/>, in the order in which they go.</summary>
public enum RetentionKind
{
    /// <summary>Bytes as received: segments of the journal, copies of loaded files.</summary>
    Raw,

    /// <summary>Landed events.</summary>
    Events,

    /// <summary>Rows of quarantine.</summary>
    Quarantine,

    /// <summary>Keys: what was sealed with them can never be read again, wherever copies lie.</summary>
    Keys,

    /// <summary>Events that stay, in another storage class.</summary>
    Tiers,
}
