using System.Text;
using System.Text.Json;
using Weir.Events;
using Weir.Land.Evaluate;
using Weir.Land.Tap;
using Weir.Sources;

namespace Weir.Land.Trace;

/// <summary>Looks for an id in what a stream still holds, an event at a time.</summary>
internal sealed class StreamSearch(SourceDefinition source, EventRules rules, Guid id)
{
    private readonly Evaluator evaluator = new(source, new EvaluatorOptions { Rules = rules });
    private readonly byte[] text = Encoding.ASCII.GetBytes(id.ToString("D"));

    /// <summary>The copies that the stream holds, without their fates.</summary>
    public async IAsyncEnumerable<TracedCopy> FindAsync(IEventStream stream, Action<double> progress, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (first, head) = (stream.ReadFirst(), stream.ReadHead());
        if (first >= head) yield break;
        await foreach (var frame in stream.ReadAsync(first, cancellationToken))
        {
            for (var i = 0; i < frame.Events.Count && frame.Dropped is null; i++)
                if (MayHold(frame, i) && Find(frame, i, stream) is { } copy) yield return copy;
            progress((double)(frame.NextOrdinal - first) / (head - first));
            if (frame.NextOrdinal >= head) yield break;
        }
    }

    /// <summary>
    /// Whether the bytes may bear the id; evaluating each event would take ten times as long. A UUID that a client sent stands there as it is, in either case, unless something in the
    /// text is escaped; one that Weir made (version 5) stands nowhere.
    /// </summary>
    private bool MayHold(Frame frame, int index)
    {
        var bytes = frame.Events[index].Span;
        if (id.Version == 5 || source.IdFields.Count > 0 || frame.Dialect is Dialects.SnowplowQuery || bytes.Contains((byte)'\\')) return true;
        for (var at = 0; ; at++)
        {
            var next = bytes[at..].IndexOfAny(text[0], (byte)char.ToUpperInvariant((char)text[0]));
            if (next < 0 || (at += next) + text.Length > bytes.Length) return false;
            if (Ascii.EqualsIgnoreCase(bytes.Slice(at, text.Length), text)) return true;
        }
    }

    private TracedCopy? Find(Frame frame, int index, IEventStream stream)
    {
        var (found, name, client) = evaluator.Evaluate(frame, index, stream.Id).About;
        if (found != id) return null;
        return new TracedCopy(source.Name, id, name, stream.Id, frame.FirstOrdinal + index, frame.ReceivedAt.UtcDateTime, client, new Fate(Fate.Pending)) { Request = RequestOf(frame, index) };
    }

    private static TracedRequest RequestOf(Frame frame, int index)
    {
        if (frame.Lines is not { } lines) return new TracedRequest(frame.Dialect, index + 1, frame.Events.Count, null);
        using var envelope = JsonDocument.Parse(frame.Envelope);
        return new TracedRequest(frame.Dialect, lines[index], 0, envelope.RootElement.TryGetProperty("file", out var file) ? file.GetString() : "");
    }
}
