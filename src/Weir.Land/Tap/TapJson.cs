using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.Land.Evaluate;

namespace Weir.Land.Tap;

/// <summary>Writes messages: a JSON object on one line each.</summary>
internal static class TapJson
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>An event: where it is, what became of it, and its row as it would land.</summary>
    public static byte[] Of(TapEvent shown, Fate fate) => Write(json =>
    {
        WritePlace(json, shown.Stream, shown.Position, shown.Source, shown.Id);
        json.WriteString("received_at", IsoTime.Text(shown.ReceivedAt.UtcDateTime));
        json.WriteString("dialect", shown.Dialect);
        WriteFate(json, fate);
        json.WriteString("table", shown.Verdict switch { Verdict.Event => "events", Verdict.Entity => shown.Declared.Entity, Verdict.Dropped => null, _ => "quarantine" });
        json.WriteStartObject("row");
        TapRow.Write(json, shown);
        json.WriteEndObject();
    });

    /// <summary>What became of an event.</summary>
    public static byte[] Of(string stream, string source, in PendingEvent pending, in Fate fate, long version)
    {
        var (position, id) = (pending.Position, pending.Id);
        var told = fate;
        return Write(json =>
        {
            WritePlace(json, stream, position, source, id == Guid.Empty ? null : id);
            WriteFate(json, told);
            json.WriteNumber("version", version);
        });
    }

    public static byte[] OfProblem(string source, string sentence) => Write(json =>
    {
        if (source.Length > 0) json.WriteString("source", source);
        json.WriteString("problem", sentence);
    });

    public static byte[] OfNumbers(params ReadOnlySpan<(string Name, long Value)> numbers)
    {
        var all = numbers.ToArray();
        return Write(json =>
        {
            foreach (var (name, value) in all) json.WriteNumber(name, value);
        });
    }

    private static void WritePlace(Utf8JsonWriter json, string stream, long position, string source, Guid? id)
    {
        json.WriteString("source", source);
        json.WriteString("stream", stream);
        json.WriteNumber("position", position);
        if (id is { } known) json.WriteString("event_id", known);
    }

    private static void WriteFate(Utf8JsonWriter json, Fate fate)
    {
        json.WriteString("fate", fate.Kind);
        if (fate.Reason is not null) json.WriteString("reason", fate.Reason);
        if (fate.Detail is not null) json.WriteString("detail", fate.Detail);
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        var bytes = buffer.WrittenSpan.ToArray();
        // Objects stand as they were sent. Between their values JSON allows line breaks, inside of strings it does not: so a break is never part of a value.
        for (var at = bytes.AsSpan().IndexOfAny((byte)'\n', (byte)'\r'); at >= 0 && at < bytes.Length; at++)
            if (bytes[at] is (byte)'\n' or (byte)'\r') bytes[at] = (byte)' ';
        return bytes;
    }
}
