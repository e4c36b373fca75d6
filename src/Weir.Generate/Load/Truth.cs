using System.Text.Json;

namespace Weir.Generate.Load;

/// <summary>What was accepted, one line of JSON an event: its id, what its client says when it happened, its user, and what must become of it.</summary>
internal sealed class Truth(Stream output) : IDisposable
{
    private readonly Lock gate = new();

    public void Accepted(LoadBody body)
    {
        using var lines = new MemoryStream();
        using (var json = new Utf8JsonWriter(lines))
            for (var i = 0; i < body.Slots.Count; i++)
            {
                var (slot, (id, time, isCopy)) = (body.Slots[i], body[i]);
                json.WriteStartObject();
                json.WriteString("event_id", id);
                json.WriteString("client_time", time);
                if (slot.Event.KnowsUser) json.WriteString("user_id", slot.Event.Person.UserId);
                json.WriteString("fate", slot.IsMalformed ? "quarantined" : isCopy ? "duplicate" : "landed");
                json.WriteEndObject();
                json.Flush();
                lines.WriteByte((byte)'\n');
                json.Reset();
            }
        lock (gate) lines.WriteTo(output);
    }

    public void Dispose() => output.Dispose();
}
