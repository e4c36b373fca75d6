using System.Globalization;
using System.Text;
using System.Text.Json;
using Weir.Events;

namespace Weir.Tests.Proof;

/// <summary>An event that a stream holds for good: what it is and the hour it was received in.</summary>
internal sealed record Arrived(SentEvent Event, DateTime Hour);

/// <summary>The independent model: a plain list per stream of what was acknowledged or shown, in order, kept apart from all that Weir writes.</summary>
internal sealed class Received(Clients clients, IReadOnlyList<DropFile> files)
{
    private readonly Dictionary<int, (string Stream, long First)> places = []; // by attempt
    private readonly Dictionary<string, (string Source, List<Arrived> Events)> streams = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, (string Source, List<Arrived> Events)> Streams => streams;

    /// <summary>Reads a stream on from what is known of it, or all of it again, and compares.</summary>
    public async Task ObserveAsync(IEventStream stream, bool fromBeginning)
    {
        if (!streams.TryGetValue(stream.Id, out var known)) streams[stream.Id] = known = (stream.Source, []);
        var at = fromBeginning ? 0 : known.Events.Count;
        var head = stream.ReadHead();
        if (head < known.Events.Count) throw new TearException($"stream {stream.Source} ({stream.Id}) held {known.Events.Count} events, its head is {head}");
        await foreach (var frame in stream.ReadAsync(at, CancellationToken.None))
        {
            if (frame.FirstOrdinal != at) throw new TearException($"stream {stream.Source}: after {at} comes {frame.FirstOrdinal}");
            foreach (var arrived in Explain(stream, frame))
            {
                if (at < known.Events.Count && known.Events[at] != arrived) throw new TearException($"stream {stream.Source}: ordinal {at} was {known.Events[at]}, and is {arrived}");
                if (at == known.Events.Count) known.Events.Add(arrived);
                at++;
            }
        }
        if (at != head) throw new TearException($"stream {stream.Source}: head {head}, but reading ends at {at}");
    }

    /// <summary>Everything acknowledged is where the answer said.</summary>
    public void RequireAcknowledged()
    {
        foreach (var attempt in clients.Attempts)
        {
            if (attempt.Answer is not { } answer) continue;
            if (!places.TryGetValue(attempt.Number, out var place)) throw new TearException($"batch {attempt.Number} of {attempt.Source} was acknowledged at {answer.First} and is lost");
            if (place != answer) throw new TearException($"batch {attempt.Number} was acknowledged at {answer}, and is at {place}");
        }
        foreach (var file in files)
        {
            var held = streams.Where(s => s.Key == file.Stream).Sum(s => s.Value.Events.Count);
            if (held < file.Acknowledged) throw new TearException($"{file.Acknowledged} lines of {file.Name} were acknowledged, {held} are held");
        }
    }

    private IEnumerable<Arrived> Explain(IEventStream stream, Frame frame)
    {
        var texts = frame.Events.Select(e => Encoding.UTF8.GetString(e.Span)).ToList();
        var (events, at) = frame.Lines is null ? OfAttempt(stream, frame) : OfFile(stream, frame, texts.Count);
        if (!events.Select(e => e.Text).SequenceEqual(texts)) throw new TearException($"stream {stream.Source}: at {frame.FirstOrdinal} is [{string.Join(' ', texts)}], which is not what was sent");
        var hour = new DateTime(at.Year, at.Month, at.Day, at.Hour, 0, 0, DateTimeKind.Utc);
        return events.Select(e => new Arrived(e, hour));
    }

    private (IReadOnlyList<SentEvent>, DateTime) OfAttempt(IEventStream stream, Frame frame)
    {
        using var envelope = JsonDocument.Parse(frame.Envelope);
        var attempt = clients.Attempts[envelope.RootElement.GetProperty("attempt").GetInt32()];
        var cut = attempt.Events.Count - frame.Events.Count; // reading began inside it
        var first = frame.FirstOrdinal - cut;
        if (attempt.Source != stream.Source || cut < 0) throw new TearException($"stream {stream.Source}: at {first} is batch {attempt.Number}, sent to {attempt.Source}");
        if (!places.TryAdd(attempt.Number, (stream.Id, first)) && places[attempt.Number] != (stream.Id, first))
            throw new TearException(string.Create(CultureInfo.InvariantCulture, $"stream {stream.Source}: batch {attempt.Number} is at {places[attempt.Number]} and at {first}"));
        if (frame.ReceivedAt != attempt.At) throw new TearException($"batch {attempt.Number} was sent at {attempt.At:o}, and received at {frame.ReceivedAt:o}");
        return ([.. attempt.Events.Skip(cut)], attempt.At.UtcDateTime);
    }

    private (IReadOnlyList<SentEvent>, DateTime) OfFile(IEventStream stream, Frame frame, int count)
    {
        using var envelope = JsonDocument.Parse(frame.Envelope);
        var file = files.Single(f => f.Name == envelope.RootElement.GetProperty("file").GetString());
        file.Stream ??= stream.Id;
        if (file.Stream != stream.Id) throw new TearException($"{file.Name} is in two streams, {file.Stream} and {stream.Id}");
        return ([.. file.Lines.Skip((int)frame.FirstOrdinal).Take(count)], frame.ReceivedAt.UtcDateTime);
    }
}

/// <summary>What does not hold.</summary>
internal sealed class TearException(string message) : Exception(message);
