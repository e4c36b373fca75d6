using System.Text;

namespace Weir.Tests.Proof;

/// <summary>One sending of a batch. Its number travels in the envelope, so that it is known again in the journal.</summary>
internal sealed class Attempt(int number, string source, IReadOnlyList<SentEvent> events, DateTimeOffset at)
{
    public int Number => number;
    public string Source => source;
    public IReadOnlyList<SentEvent> Events => events;

    /// <summary>When it was sent, by the one clock there is.</summary>
    public DateTimeOffset At => at;

    /// <summary>Where the answer said it lies; null: it was not acknowledged.</summary>
    public (string Stream, long First)? Answer { get; set; }

    public byte[] Envelope => Encoding.UTF8.GetBytes($$"""{"attempt":{{number}}}""");

    public IReadOnlyList<ReadOnlyMemory<byte>> Bytes => [.. events.Select(e => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(e.Text))];
}

/// <summary>Those who send: what they did not get an answer for they send again, and sometimes what they did.</summary>
internal sealed class Clients(Random random, IReadOnlyList<string> sources)
{
    private readonly Queue<Attempt> unanswered = [];

    /// <summary>Every sending there ever was; its place is its number.</summary>
    public List<Attempt> Attempts { get; } = [];

    public Attempt Next(DateTimeOffset now)
    {
        if (unanswered.Count > 0 && random.Next(2) == 0) return Again(unanswered.Dequeue(), now);
        if (Attempts.Count > 0 && random.Next(8) == 0) return Again(Attempts[random.Next(Attempts.Count)], now);
        var source = sources[random.Next(sources.Count)];
        return Send(source, [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => SentEvent.Any(random, source))], now);
    }

    /// <summary>A client that got no answer will send it again.</summary>
    public void Remember(Attempt attempt) => unanswered.Enqueue(attempt);

    private Attempt Again(Attempt before, DateTimeOffset now) => Send(before.Source, before.Events, now);

    private Attempt Send(string source, IReadOnlyList<SentEvent> events, DateTimeOffset now)
    {
        var attempt = new Attempt(Attempts.Count, source, events, now);
        Attempts.Add(attempt);
        return attempt;
    }
}
