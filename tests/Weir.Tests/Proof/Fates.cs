using Weir.Sources;

namespace Weir.Tests.Proof;

/// <summary>What became of an ordinal according to the lake: <c>landed</c>, <c>row</c> (landed in an entity), <c>quarantined</c>, <c>duplicate</c>.</summary>
internal readonly record struct Fate(string Kind, string? Reason = null, string? EventId = null);

/// <summary>Compares what the lake says with what the rules of dedupe.md demand of the model's events, whatever order streams were landed in.</summary>
internal static class Fates
{
    public static void Check(Received received, IReadOnlyDictionary<(string Stream, long Position), List<Fate>> found)
    {
        var all = new List<(string Stream, string Source, long Position, SentEvent Event, Fate Fate)>();
        foreach (var (id, (source, events)) in received.Streams)
        {
            for (var i = 0; i < events.Count; i++)
            {
                if (!found.TryGetValue((id, i), out var fates)) throw new TearException($"{source} {i} ({events[i].Event.Text}) has no fate: it is lost");
                if (fates.Count != 1) throw new TearException($"{source} {i} has {fates.Count} fates: {string.Join(", ", fates)}");
                all.Add((id, source, i, events[i].Event, fates[0]));
            }
        }
        if (all.Count != found.Count) throw new TearException($"{found.Count} ordinals have a fate, {all.Count} were received");
        foreach (var one in all) CheckAlone(one.Source, one.Position, one.Event, one.Fate);
        foreach (var group in all.Where(a => a.Event is { Quarantine: null, Id: not null }).GroupBy(a => (a.Source, a.Event.Id, Span(a.Source, a.Event))))
        {
            var landed = group.Where(g => g.Fate.Kind == "landed").ToList();
            if (landed.Count != 1) throw new TearException($"the key {group.Key} landed {landed.Count} times");
            var (stream, _, position, first, _) = landed[0];
            foreach (var other in group)
            {
                if (other.Stream == stream && other.Position < position) throw new TearException($"the key {group.Key} landed at {position}, though {other.Position} came before");
                if (other.Position == position && other.Stream == stream) continue;
                var wanted = (other.Event.Name, other.Event.Time) == (first.Name, first.Time) ? new Fate("duplicate") : new Fate("quarantined", "reused_id");
                if ((other.Fate.Kind, other.Fate.Reason) != (wanted.Kind, wanted.Reason)) throw new TearException($"{other.Source} {other.Position} is {other.Fate}, and should be {wanted}: {first.Text} landed at {position}");
            }
        }
    }

    /// <summary>What an event's fate must be whatever the others are.</summary>
    private static void CheckAlone(string source, long position, SentEvent sent, Fate fate)
    {
        Fate? wanted = sent.Quarantine is { } reason ? new Fate("quarantined", reason) : sent.IsRow ? new Fate("row") : sent.Id is null ? new Fate("landed") : null;
        if (wanted is { } w && (fate.Kind, fate.Reason) != (w.Kind, w.Reason)) throw new TearException($"{source} {position} ({sent.Text}) is {fate}, and should be {w}");
        if (fate.Kind == "landed" && sent.Id is { } id && fate.EventId != Land.Landing.Events.Id(id).ToString()) throw new TearException($"{source} {position} landed as {fate.EventId}, sent was {sent.Text}");
    }

    /// <summary>In which span an id counts once. A seed's receipts all lie within 72 hours.</summary>
    private static string Span(string source, SentEvent sent) => World.Source(source).Dedupe == DedupeRule.Id ? "ever" : sent.Hour ?? "without time";
}
