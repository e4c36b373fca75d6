using System.Text.Json;
using Weir.Events;

namespace Weir.Land.Rounds;

/// <summary>One event where it was read: its stream, its frame and its place there.</summary>
internal readonly record struct Arrival(IEventStream Stream, Frame Frame, int Index)
{
    public long Position => Frame.FirstOrdinal + Index;

    public ReadOnlyMemory<byte> Bytes => Frame.Events[Index];

    public DateTime ReceivedAt => Frame.ReceivedAt.UtcDateTime;

    public long? Line => Frame.Lines?[Index];

    /// <summary>The file it came in, or the partition of another's topic, if it came in one.</summary>
    public string? File
    {
        get
        {
            using var envelope = JsonDocument.Parse(Frame.Envelope);
            return envelope.RootElement.TryGetProperty(Frame.Lines is null ? "topic" : "file", out var place) && place.ValueKind == JsonValueKind.String ? place.GetString() : null;
        }
    }
}
