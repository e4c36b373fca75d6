using Weir.Events;

namespace Weir.Land.Evaluate;

/// <summary>What becomes of one event. Whether it is a duplicate is not the evaluator's business.</summary>
internal abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>The event it is about, as far as it could be read.</summary>
    public (Guid? Id, string? Name, DateTime? ClientTime) About => this switch
    {
        Event { Row: var row } => (row.Id, row.Event, row.ClientTime),
        Quarantined why => (why.EventId, why.EventName, why.ClientTime),
        Dropped why => (why.EventId, why.EventName, null),
        _ => default,
    };

    /// <summary>A valid event.</summary>
    internal sealed record Event(EventRow Row) : Verdict;

    /// <summary>A valid row of an entity.</summary>
    internal sealed record Entity(EntityRow Row) : Verdict;

    /// <summary>A valid event of which a copy has landed.</summary>
    internal sealed record Duplicate(EventRow Row) : Verdict;

    /// <summary>An event that is dropped on purpose.</summary>
    /// <param name="Reason">Why: one of <see cref="Weir.Events.DropReasons"/>.</param>
    /// <param name="EventId">The id, if one was sent and could be read.</param>
    /// <param name="EventName">The event's name, if it could be read.</param>
    internal sealed record Dropped(string Reason, Guid? EventId = null, string? EventName = null) : Verdict;

    /// <summary>An event or row to keep aside.</summary>
    /// <param name="Reason">One of <see cref="QuarantineReasons"/>.</param>
    /// <param name="Detail">Where and what was expected; never a value that was sent.</param>
    /// <param name="EventId">The id, if one was sent and could be read.</param>
    /// <param name="EventName">The event's name, if it could be read.</param>
    /// <param name="ClientTime">The client's stamp (UTC), if it could be read and is not absurd.</param>
    internal sealed record Quarantined(string Reason, string Detail, Guid? EventId = null, string? EventName = null, DateTime? ClientTime = null) : Verdict;
}
