using System.Runtime.CompilerServices;
using System.Text.Json;
using Weir.DuckDb;
using Weir.Events;
using Weir.Lake;
using Weir.Land.Accounting;
using Weir.Land.Accounting.Verify;
using Weir.Land.Rounds;

namespace Weir.Land.Replay;

/// <summary>Gives those events of a source's streams, received in some hours, that lie in quarantine or were dropped by a rule, from the bytes as received that are kept.</summary>
internal sealed class RawRows(LakeStore lake)
{
    /// <summary>The parts of the streams that were received in these hours and have landed.</summary>
    /// <exception cref="WeirException">WEIR5041: their bytes are not kept.</exception>
    public IReadOnlyList<(IEventStream Stream, long From, long To)> Plan(IEnumerable<IEventStream> streams, DateTime from, DateTime to)
    {
        var positions = lake.Positions;
        var parts = new List<(IEventStream, long, long)>();
        foreach (var stream in streams.OrderBy(s => s.Id, StringComparer.Ordinal))
        {
            var hours = HourStretches.Within(stream.ReadReceived(), 0, positions.GetValueOrDefault(stream.Id)).Where(h => h.Hour >= from && h.Hour < to).ToList();
            if (hours.Count == 0) continue;
            var (first, end) = (hours.Min(h => h.FirstOrdinal), hours.Max(h => h.FirstOrdinal + h.Count));
            if (stream.ReadFirst() is var kept && kept > first) throw ReplayErrors.RawNotKept(stream, first, end, kept);
            parts.Add((stream, first, end));
        }
        return parts;
    }

    public async IAsyncEnumerable<Replayable> ReadAsync(
        IReadOnlyList<(IEventStream Stream, long From, long To)> parts, DateTime from, DateTime to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (stream, first, end) in parts)
        {
            var reasons = FindReasons(stream.Id, first, end);
            if (reasons.Count == 0) continue;
            var last = reasons.Keys.Max();
            await foreach (var frame in stream.ReadAsync(reasons.Keys.Min(), cancellationToken))
            {
                // Hours of a stream need not be in order.
                for (var i = 0; i < frame.Events.Count && frame.Dropped is null && frame.ReceivedAt.UtcDateTime >= from && frame.ReceivedAt.UtcDateTime < to; i++)
                    if (reasons.TryGetValue(frame.FirstOrdinal + i, out var why))
                        yield return new Replayable(new Arrival(stream, frame, i), stream.Id, stream.Source, frame.FirstOrdinal + i, why.Reason, why.WasDropped);
                if (frame.NextOrdinal > last) break;
            }
        }
    }

    /// <summary>By position: why it lies in quarantine, or was dropped by a rule.</summary>
    private Dictionary<long, (string Reason, bool WasDropped)> FindReasons(string stream, long from, long to)
    {
        var snapshot = lake.ReadSnapshot();
        using var connection = LakeViews.Open(snapshot.Only((LakeTables.Quarantine, null), (LakeTables.Ledger, null)));
        var reasons = connection.Query("SELECT _position, reason FROM lake.quarantine WHERE _stream = ? AND _position >= ? AND _position < ?", r => (r.GetInt64(0), r.GetString(1)), stream, from, to)
            .ToDictionary(r => r.Item1, r => (r.Item2, false));
        var replays = Restatements.Read(connection, stream);
        var rows = connection.Query(
            "SELECT from_position, to_position, dropped_runs, dropped_by_reason FROM lake.ledger WHERE movement = 'land' AND stream = ? AND to_position > ? AND from_position < ?",
            r => (From: r.GetInt64(0), To: r.GetInt64(1), Runs: r.GetString(2), Reasons: r.GetString(3)), stream, from, to);
        foreach (var row in rows)
        {
            // What a person gave up is told by its frame, and has no bytes. All others of a row have the one reason by which rules drop.
            var runs = replays.GetValueOrDefault((stream, row.From, row.To), Restatement.None).DroppedNow(row.Runs);
            foreach (var run in Fates.Parse(runs))
                for (var at = Math.Max(run.From, from); at < Math.Min(run.To, to); at++) reasons[at] = (RuleOf(row.Reasons), true);
        }
        return reasons;
    }

    private static string RuleOf(string countsJson)
    {
        using var counts = JsonDocument.Parse(countsJson);
        return counts.RootElement.EnumerateObject().Select(c => c.Name).FirstOrDefault(n => n != DropReasons.Corrupt, DropReasons.Bot);
    }
}
