using Weir.DuckDb;
using Weir.Lake;

namespace Weir.Land.Replay;

/// <summary>Finds the ledger's rows by which events got their first fate. What a replay changes of a row names the same range, so that the two can be added.</summary>
internal sealed class LandedRanges : IDisposable
{
    private readonly DuckDBConnection connection = new("Data Source=:memory:");
    private readonly Dictionary<string, List<(long From, long To, DateTime Hour)>> rows = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(string Stream, long From), RestatedRange> restated = [];

    public LandedRanges(Snapshot snapshot)
    {
        connection.Open();
        LakeViews.Create(connection, snapshot.Only(LakeTables.Ledger));
    }

    public IEnumerable<RestatedRange> All => restated.Values;

    public RestatedRange Of(Replayable row)
    {
        if (!rows.TryGetValue(row.Stream, out var ranges))
            rows[row.Stream] = ranges = [.. connection.Query("SELECT from_position, to_position, epoch_us(hour) FROM lake.ledger WHERE movement = 'land' AND stream = ? ORDER BY from_position",
                r => (r.GetInt64(0), r.GetInt64(1), DateTime.UnixEpoch.AddMicroseconds(r.GetInt64(2))), row.Stream)];
        var at = ranges.BinarySearch((row.Position + 1, 0, default), Comparer<(long From, long To, DateTime Hour)>.Create((a, b) => a.From.CompareTo(b.From)));
        var (from, to, hour) = ranges[(at < 0 ? ~at : at) - 1];
        if (!restated.TryGetValue((row.Stream, from), out var range)) restated[(row.Stream, from)] = range = new RestatedRange(row.Stream, row.Source, from, to, hour);
        return range;
    }

    public void Dispose() => connection.Dispose();
}
