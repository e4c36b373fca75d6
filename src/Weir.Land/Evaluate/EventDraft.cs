namespace Weir.Land.Evaluate;

/// <summary>An event while a dialect fills it.</summary>
internal sealed class EventDraft(DateTime receivedAt)
{
    public EventRow Row { get; } = new() { ReceivedAt = receivedAt };

    public Faults Faults { get; } = new();

    /// <summary>The id that was sent or made of the declared key; null: none was sent.</summary>
    public Guid? Id { get; set; }
}
