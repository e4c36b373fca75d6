using System.Runtime.CompilerServices;
using Weir.DuckDb;
using Weir.Events;
using Weir.Journal;
using Weir.Lake;
using Weir.Land.Quarantines;
using Weir.Land.Rounds;

namespace Weir.Land.Replay;

/// <summary>Gives the events that lie in quarantine as they were received: by stream, in order of positions. Each page is read from the lake as it is then, so that compaction may go on.</summary>
internal sealed class QuarantinedRows(LakeStore lake, KeyStore keys, IReadOnlyDictionary<string, IEventStream> streams)
{
    private const int RowsPerPage = 10_000;
    private const string OlderWeir = "kept aside by an older Weir, which did not keep the request they came in; where raw is kept: weir replay --raw";

    public long Count(QuarantineFilter filter)
    {
        using var connection = Open(lake.ReadSnapshot(), filter);
        return connection.Scalar<long>($"SELECT count(*) FROM lake.quarantine WHERE {filter.Sql}");
    }

    public async IAsyncEnumerable<Replayable> ReadAsync(QuarantineFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        using var opener = new Openers(keys);
        for (var (stream, position) = ("", -1L); ;)
        {
            var page = ReadPage(filter, stream, position, opener);
            foreach (var row in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return row;
            }
            if (page.Count < RowsPerPage) yield break;
            (stream, position) = (page[^1].Stream, page[^1].Position);
        }
    }

    private List<Replayable> ReadPage(QuarantineFilter filter, string stream, long position, Openers opener)
    {
        var snapshot = lake.ReadSnapshot();
        using var connection = Open(snapshot, filter);
        var whole = snapshot[LakeTables.Quarantine.Name].Definition.Columns.Any(c => c.Name == "sealed_envelope");
        using var rows = connection.Query(
            $"""
            SELECT _stream, _position, source, reason, epoch_us(received_at), line, sealed, {(whole ? "_dialect, sealed_envelope" : "NULL::VARCHAR, NULL::BLOB")} FROM lake.quarantine
            WHERE {filter.Sql} AND (_stream, _position) > (?, ?) ORDER BY _stream, _position LIMIT {RowsPerPage}
            """, stream, position);
        var page = new List<Replayable>();
        while (rows.Read()) page.Add(Read(rows, opener));
        return page;
    }

    private Replayable Read(DuckDBDataReader row, Openers opener)
    {
        var (stream, position, source, reason) = (row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetString(3));
        Replayable Unreadable(string why) => new(null, stream, source, position, reason, WasDropped: false, why);
        if (row.IsDBNull(7)) return Unreadable(OlderWeir);
        if (!streams.TryGetValue(stream, out var known)) return Unreadable("their stream is gone: weir account says more");
        var received = DateTime.UnixEpoch.AddMicroseconds(row.GetInt64(4));
        if (opener.Find(source, received) is not { } key) return Unreadable("the key they were sealed with is destroyed");
        try
        {
            var frame = new Frame(position, new DateTimeOffset(received), row.GetString(7), key.Open(Bytes(row, 8)), [key.Open(Bytes(row, 6))], row.IsDBNull(5) ? null : [row.GetInt64(5)]);
            return new Replayable(new Arrival(known, frame, 0), stream, source, position, reason, WasDropped: false);
        }
        catch (WeirException e)
        {
            return Unreadable(WeirException.Sentence(e));
        }
    }

    private static byte[] Bytes(DuckDBDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    private static DuckDBConnection Open(Snapshot snapshot, QuarantineFilter filter) => LakeViews.Open(snapshot.Only(LakeTables.Quarantine), filter.Files);
}
