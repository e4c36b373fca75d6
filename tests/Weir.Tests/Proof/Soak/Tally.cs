namespace Weir.Tests.Proof.Soak;

/// <summary>What the clients know: of every event id whether it was sent, and whether a request with it was answered 2xx.</summary>
internal sealed class Tally
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, bool> clean = [];

    /// <summary>Events in all attempts: the most that can have been received.</summary>
    public long Attempted { get; private set; }

    /// <summary>Events in requests answered 2xx: the least that must have been received.</summary>
    public long Answered { get; private set; }

    /// <summary>Malformed events among <see cref="Attempted"/> and <see cref="Answered"/>.</summary>
    public (long Attempted, long Answered) Bad { get; private set; }

    public long Requests { get; private set; }

    public long Unanswered { get; private set; }

    public void Attempt(IReadOnlyCollection<Guid> good, int bad)
    {
        lock (gate)
        {
            Requests++;
            Attempted += good.Count + bad;
            Bad = (Bad.Attempted + bad, Bad.Answered);
            foreach (var id in good) clean.TryAdd(id, false);
        }
    }

    public void Answer(IReadOnlyCollection<Guid> good, int bad)
    {
        lock (gate)
        {
            Answered += good.Count + bad;
            Bad = (Bad.Attempted, Bad.Answered + bad);
            foreach (var id in good) clean[id] = true;
        }
    }

    public void NoAnswer()
    {
        lock (gate) Unanswered++;
    }

    /// <summary>Compares with the ids that an independent reader found, each with how often: what is wrong, a line each.</summary>
    public (IReadOnlyList<string> Faults, long Ids, long AnsweredIds) Compare(IEnumerable<(Guid Id, long Count)> found)
    {
        var faults = new List<string>();
        var missing = clean.Where(c => c.Value).Select(c => c.Key).ToHashSet();
        var answered = missing.Count;
        var ids = 0L;
        foreach (var (id, count) in found)
        {
            ids++;
            missing.Remove(id);
            if (count != 1) faults.Add($"event {id} is in the lake {count} times");
            if (!clean.ContainsKey(id)) faults.Add($"event {id} is in the lake and nobody sent it");
        }
        faults.AddRange(missing.Select(id => $"event {id} was answered 2xx and is not in the lake"));
        return (faults, ids, answered);
    }
}
