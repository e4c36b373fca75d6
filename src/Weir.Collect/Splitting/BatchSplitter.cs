using System.Text.Json;

namespace Weir.Collect.Splitting;

/// <summary>Bodies that are one object with an array of events and what holds for all of them.</summary>
internal static class BatchSplitter
{
    /// <summary>The batch's events; the whole body as one event where it is no such object.</summary>
    public static SplitBody Split(ReadOnlyMemory<byte> body, BatchNames names)
    {
        var batch = new Reading(Json.WithoutMark(body), names);
        try
        {
            // What all events of a batch depend on must be readable, or the whole batch is set aside as it came.
            if (batch.Read() && Json.FitsEnvelope(batch.SentAt.Span) && Json.FitsEnvelope(batch.Context.Span))
                return new(batch.Events) { WriteKey = batch.WriteKey, SentAt = batch.SentAt, Context = batch.Context };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON: what came before the place may have named the key.
        }
        return SplitBody.Whole(body, batch.WriteKey);
    }

    private sealed class Reading(ReadOnlyMemory<byte> text, BatchNames names)
    {
        private readonly List<ReadOnlyMemory<byte>> rest = [];

        public List<ReadOnlyMemory<byte>> Events { get; } = [];
        public string? WriteKey { get; private set; }
        public ReadOnlyMemory<byte> SentAt { get; private set; }
        public ReadOnlyMemory<byte> Context { get; private set; }

        /// <summary>Whether it is an object with the array.</summary>
        public bool Read()
        {
            var reader = new Utf8JsonReader(text.Span, Json.AnyDepth);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            var hasBatch = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) hasBatch |= Take(ref reader);
            reader.Read(); // throws if anything follows
            if (rest.Count > 0) Context = Json.Object(rest);
            return hasBatch;
        }

        /// <summary>Takes one member; whether it was the batch.</summary>
        private bool Take(ref Utf8JsonReader reader)
        {
            var start = (int)reader.TokenStartIndex;
            var (isBatch, isKey, isSentAt) = (reader.ValueTextEquals(names.Batch), Is(ref reader, names.Keys), Is(ref reader, names.SentAt));
            var isContext = names.Context is { } context && reader.ValueTextEquals(context);
            reader.Read();
            if (isBatch && reader.TokenType == JsonTokenType.StartArray)
            {
                Json.AddElements(ref reader, text, Events);
                return true;
            }
            if (isKey && reader.TokenType == JsonTokenType.String) WriteKey = reader.GetString();
            var value = Json.Slice(ref reader, text);
            if (isSentAt) SentAt = value;
            else if (isContext) Context = value;
            else if (names.RestIsContext && !isKey) rest.Add(text[start..(int)reader.BytesConsumed]);
            return false;
        }

        private static bool Is(ref Utf8JsonReader reader, IReadOnlyList<string> names)
        {
            foreach (var name in names)
                if (reader.ValueTextEquals(name)) return true;
            return false;
        }
    }
}
