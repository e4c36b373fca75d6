namespace Weir.Land.Evaluate;

/// <summary>What is wrong with an event.</summary>
/// <param name="Reason">The reason code.</param>
/// <param name="Detail">Where, and what was expected; never a value.</param>
internal sealed record Fault(string Reason, string Detail);

/// <summary>Keeps the first fault of an event, so that reading can go on and still find its id, name and time.</summary>
internal sealed class Faults
{
    public Fault? First { get; private set; }

    public void Add(string reason, string detail) => First ??= new Fault(reason, detail);

    public void Add(Fault fault) => First ??= fault;
}
