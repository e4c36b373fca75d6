using System.Collections.Immutable;
using System.Text.Json;
using Weir.DuckDb;
using Weir.Events;
using Weir.Lake;
using Weir.Land.Accounting;
using Weir.Land.Accounting.Verify;

namespace Weir.Land.Tap;

/// <summary>
/// Reads what became of events from the ledger's rows, whose identity it is: received = landed + duplicate + quarantined + dropped. Duplicates and dropped ones are listed there by
/// position, the quarantined are rows of their table; what is left has landed. So no file of events is read.
/// </summary>
internal sealed class FateReader : IDisposable
{
    private readonly DuckDBConnection connection = new("Data Source=:memory:;threads=1;memory_limit=256MB");

    public FateReader() => connection.Open();

    /// <summary>Chooses the state to read, and of it the files that got rows after a version; where that can no longer be told, all.</summary>
    public void See(LakeStore lake, Snapshot snapshot, long after)
    {
        IEnumerable<AddFile>? Files(TableDefinition table) => lake.FilesHoldingRowsAfter(after, table.Name, snapshot);
        LakeViews.Create(connection, snapshot.Only((LakeTables.Ledger, Files(LakeTables.Ledger)), (LakeTables.Quarantine, Files(LakeTables.Quarantine))));
    }

    /// <summary>The fates of events of one stream, all of which lie in committed ranges.</summary>
    public IReadOnlyList<Fate> Read(string stream, IReadOnlyList<long> positions)
    {
        if (positions.Count == 0) return [];
        var replays = Restatements.Read(connection, stream);
        var rows = connection.Query(
            "SELECT from_position, to_position, quarantined, duplicate_runs, dropped_runs, dropped_by_reason FROM lake.ledger WHERE stream = ? AND movement = 'land' AND to_position > ? AND from_position <= ? ORDER BY from_position",
            r =>
            {
                var since = replays.GetValueOrDefault((stream, r.GetInt64(0), r.GetInt64(1)), Restatement.None);
                return new Part(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2) + since.Quarantined, InOrder(since.DuplicatesNow(r.GetString(3))), InOrder(since.DroppedNow(r.GetString(4))), OnlyReason(r.GetString(5)));
            }, stream, positions[0], positions[^1]);
        var fates = new List<Fate>(positions.Count);
        var at = 0;
        foreach (var part in rows)
        {
            var quarantined = part.Quarantined == 0 ? [] : ReadQuarantined(stream, part);
            for (; at < positions.Count && positions[at] < part.To; at++)
                fates.Add(positions[at] < part.From ? new Fate(Fate.Decided) : part.FateOf(positions[at], quarantined));
        }
        for (; at < positions.Count; at++) fates.Add(new Fate(Fate.Decided));
        return fates;
    }

    private Dictionary<long, Fate> ReadQuarantined(string stream, Part part) => connection
        .Query("SELECT _position, reason, detail FROM lake.quarantine WHERE _stream = ? AND _position >= ? AND _position < ?",
            r => (r.GetInt64(0), new Fate(Fate.Quarantined, r.GetString(1), r.IsDBNull(2) ? null : r.GetString(2))), stream, part.From, part.To)
        .ToDictionary(r => r.Item1, r => r.Item2);

    /// <summary>The ledger lists dropped positions, and counts them by reason: with one reason it is that of each, with several it cannot be told.</summary>
    private static string? OnlyReason(string countsJson)
    {
        using var counts = JsonDocument.Parse(countsJson);
        return counts.RootElement.EnumerateObject().Select(c => c.Name).Take(2).ToList() is [var only] ? only : null;
    }

    private static OrdinalRange[] InOrder(string runs) => [.. Fates.Parse(runs).OrderBy(r => r.From)];

    public void Dispose() => connection.Dispose();

    /// <summary>A row of the ledger: a committed range, or the part of it that was received in one hour.</summary>
    private sealed record Part(long From, long To, long Quarantined, OrdinalRange[] Duplicates, OrdinalRange[] Dropped, string? DropReason)
    {
        public Fate FateOf(long position, Dictionary<long, Fate> quarantined) =>
            Contains(Duplicates, position) ? new Fate(Fate.Duplicate)
            : Contains(Dropped, position) ? new Fate(Fate.Dropped, DropReason)
            : quarantined.TryGetValue(position, out var why) ? why
            : quarantined.Count == Quarantined ? new Fate(Fate.Landed) : new Fate(Fate.Decided);

        private static bool Contains(OrdinalRange[] runs, long position)
        {
            var (low, high) = (0, runs.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (runs[middle].To <= position) low = middle + 1;
                else high = middle;
            }
            return low < runs.Length && runs[low].From <= position;
        }
    }
}
