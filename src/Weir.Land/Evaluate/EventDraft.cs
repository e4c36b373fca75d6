namespace Weir.Land.Evaluate;

/// <summary>An event while a dialect fills it.</summary>
internal sealed class EventDraft(DateTime receivedAt)
{
    public EventRow Row { get; } = new() { ReceivedAt = receivedAt };

    public Faults Faults { get; } = new();

    /// <summary>When it arrived, by the clock that <see cref="EventRow.SentAt"/> is corrected with; null: nobody knows.</summary>
    public DateTime? ArrivedAt { get; set; } = receivedAt;

    /// <summary>Whether it is about a group and so nobody's.</summary>
    public bool IsOfGroup { get; set; }

    /// <summary>The id that was sent or made of the declared key; null: none was sent.</summary>
    public Guid? Id { get; set; }

    /// <summary>The fields whose values a contract made up.</summary>
    public List<string> Imputed { get; } = [];

    /// <summary>What there is to know of it: of <see cref="EventFlags"/>.</summary>
    public List<string> Flags { get; } = [];
}
