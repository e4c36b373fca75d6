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

    /// <summary>The file it came in, if it came in one.</summary>
    public string? File
    {
        get
        {
            if (Frame.Lines is null) return null;
            using var envelope = JsonDocument.Parse(Frame.Envelope);
            return envelope.RootElement.TryGetProperty("file", out var file) ? file.GetString() : null;
        }
    }
}
