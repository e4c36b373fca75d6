using Weir.DuckDb;
using Weir.Journal;
using Weir.Lake;

namespace Weir.Land.Quarantines;

/// <summary>Shows what lies in quarantine. Sealed bytes stay sealed.</summary>
/// <param name="lake">The lake.</param>
/// <param name="keys">The keys under which bytes are sealed.</param>
public sealed class QuarantineReader(LakeStore lake, KeyStore keys)
{
    /// <summary>Counts by source, reason and name; the largest first.</summary>
    /// <exception cref="WeirException">WEIR6001–6003, 6011: the lake cannot be read.</exception>
    public IReadOnlyList<QuarantinedCount> Count(QuarantineFilter filter) => Read(filter, connection => connection.Query(
        $"""
        SELECT source, reason, event, count(*), epoch_us(min(received_at)), epoch_us(max(received_at)) FROM lake.quarantine WHERE {filter.Sql}
        GROUP BY source, reason, event ORDER BY count(*) DESC, source, reason, event
        """, r => new QuarantinedCount(r.GetString(0), r.GetString(1), Text(r, 2), r.GetInt64(3), Time(r.GetInt64(4)), Time(r.GetInt64(5)))));

    /// <summary>The events themselves, the newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="most">At most so many; null: all.</param>
    /// <exception cref="WeirException">WEIR6001–6003, 6011: the lake cannot be read.</exception>
    public IReadOnlyList<QuarantinedEvent> List(QuarantineFilter filter, long? most)
    {
        var rows = ReadRows(filter, most);
        var kept = keys.List().ToHashSet(); // now: the key of the newest row was there before the row
        return [.. rows.Select(e => e with { IsKept = kept.Contains((e.Source, DateOnly.FromDateTime(e.ReceivedAt))) })];
    }

    private IReadOnlyList<QuarantinedEvent> ReadRows(QuarantineFilter filter, long? most) => Read(filter, connection => connection.Query(
        $"""
        SELECT source, reason, detail, event_id, event, epoch_us(client_time), epoch_us(received_at), _stream, _position, file, line, bytes FROM lake.quarantine WHERE {filter.Sql}
        ORDER BY received_at DESC, _stream, _position DESC {(most is { } limit ? $"LIMIT {limit}" : "")}
        """, r => new QuarantinedEvent(
            r.GetString(0), r.GetString(1), Text(r, 2), Text(r, 3), Text(r, 4), r.IsDBNull(5) ? null : Time(r.GetInt64(5)), Time(r.GetInt64(6)),
            r.GetString(7), r.GetInt64(8), Text(r, 9), r.IsDBNull(10) ? null : r.GetInt64(10), r.GetInt64(11))));

    private T Read<T>(QuarantineFilter filter, Func<DuckDBConnection, T> read)
    {
        var snapshot = lake.ReadSnapshot();
        using var connection = LakeViews.Open(snapshot.Only(LakeTables.Quarantine), filter.Files);
        try
        {
            return read(connection);
        }
        catch (DuckDBException) when (lake.FindGone(snapshot) is { } gone)
        {
            throw gone;
        }
    }

    private static string? Text(DuckDBDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTime Time(long micros) => DateTime.UnixEpoch.AddMicroseconds(micros);
}
