using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Proof;

/// <summary>What a client meant by an event, beside its bytes: from this the harness knows what must become of it.</summary>
/// <param name="Text">The bytes.</param>
/// <param name="Quarantine">The reason for which it is kept aside; null: it is valid.</param>
/// <param name="Id">The number of its id; null: it has none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Time">The client's stamp; null: none.</param>
internal sealed record SentEvent(string Text, string? Quarantine, int? Id, string Name, string? Time)
{
    /// <summary>A row of the entity source.</summary>
    public bool IsRow => Name == "row";

    /// <summary>The hour of the stamp, as text.</summary>
    public string? Hour => Time?[..13];

    public static SentEvent Any(Random random, string source)
    {
        if (source == World.Rows) return Row(random);
        var (id, hour, minute) = (random.Next(1, 40), random.Next(8, 10), random.Next(0, 2) * 10);
        var name = random.Next(8) == 0 ? "order" : "page";
        var time = $"2026-03-01T{hour:00}:{minute:00}:00";
        return random.Next(12) switch
        {
            0 => new("{", "invalid_json", null, "", null),
            1 => new($$"""{"event_id":"{{Land.Landing.Events.Id(id)}}","timestamp":"{{time}}","anonymous_id":"a"}""", "missing_field", null, "", null),
            2 => new(WithoutTime(id, name), null, id, name, null),
            3 => new($$"""{"event":"{{name}}","timestamp":"{{time}}","anonymous_id":"a"}""", null, null, name, time),
            _ => new(Of(id, time, name), null, id, name, time),
        };
    }

    private static SentEvent Row(Random random) => random.Next(6) == 0
        ? new("""{"quantity":1}""", "missing_field", null, "row", null)
        : new($$"""{"order":"A{{random.Next(20)}}","quantity":{{random.Next(9)}}}""", null, null, "row", null);
}
