using Weir.Accounting;
using Weir.DuckDb;

namespace Weir.Land.Accounting;

/// <summary>The ledger's rows, added up in SQL: they may be many.</summary>
/// <param name="connection">Has the view <c>lake.ledger</c>.</param>
internal sealed class LedgerReading(DuckDBConnection connection)
{
    /// <summary>The fates by source and receive hour. Of each movement the counts are signed: a replay takes from quarantine what it adds to landed.</summary>
    public IReadOnlyList<AccountRow> ReadFates() => connection.Query(
        """
        SELECT source, epoch_us(hour), sum(landed)::BIGINT, sum(duplicate)::BIGINT, sum(quarantined)::BIGINT, sum(dropped)::BIGINT, sum(without_time)::BIGINT
        FROM lake.ledger GROUP BY source, hour
        """,
        r => new AccountRow(r.GetString(0), Hour(r.GetInt64(1)), 0, r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), 0, r.GetInt64(6)));

    public IReadOnlyList<QuarantineCount> ReadReasons() => connection.Query(
        """
        SELECT source, reason, sum((quarantined_by_reason->>('$."' || reason || '"'))::BIGINT)::BIGINT AS count
        FROM (SELECT source, quarantined_by_reason, unnest(json_keys(quarantined_by_reason)) AS reason FROM lake.ledger)
        GROUP BY source, reason HAVING count <> 0 ORDER BY source, reason
        """,
        r => new QuarantineCount(r.GetString(0), r.GetString(1), r.GetInt64(2)));

    /// <summary>What was received by stream and hour, as the ledger noted it when it landed.</summary>
    public IReadOnlyList<LandedHour> ReadLandedHours() => connection.Query(
        "SELECT stream, epoch_us(hour), sum(received)::BIGINT FROM lake.ledger WHERE movement = 'land' GROUP BY stream, hour",
        r => new LandedHour(r.GetString(0), Hour(r.GetInt64(1)), r.GetInt64(2)));

    /// <summary>Rows whose fates are not what was received, or not as many as their range has positions.</summary>
    public IReadOnlyList<LedgerFault> ReadUnbalanced() => connection.Query(
        """
        SELECT stream, source, from_position, to_position, received, landed + duplicate + quarantined + dropped FROM lake.ledger
        WHERE movement = 'land' AND (received <> landed + duplicate + quarantined + dropped OR received <> to_position - from_position) ORDER BY stream, from_position
        """,
        Fault);

    /// <summary>Where a stream's ranges leave a gap or overlap: the row, and the position it should begin at.</summary>
    public IReadOnlyList<LedgerFault> ReadDiscontinuous() => connection.Query(
        """
        SELECT stream, source, from_position, to_position, expected, 0::BIGINT FROM (
            SELECT *, coalesce(max(to_position) OVER (PARTITION BY stream ORDER BY from_position, to_position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS expected
            FROM lake.ledger WHERE movement = 'land')
        WHERE from_position <> expected ORDER BY stream, from_position
        """,
        Fault);

    /// <summary>By stream: the position after its last range.</summary>
    public IReadOnlyDictionary<string, long> ReadEnds() => connection.Query(
        "SELECT stream, max(to_position) FROM lake.ledger WHERE movement = 'land' GROUP BY stream",
        r => KeyValuePair.Create(r.GetString(0), r.GetInt64(1))).ToDictionary(StringComparer.Ordinal);

    private static LedgerFault Fault(DuckDBDataReader r) =>
        new(r.GetString(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5));

    private static DateTime Hour(long micros) => DateTime.UnixEpoch.AddMicroseconds(micros);
}

/// <summary>What the ledger says was received by a stream in an hour.</summary>
internal readonly record struct LandedHour(string Stream, DateTime Hour, long Received);

/// <summary>A row of the ledger that is wrong.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Source">Its source.</param>
/// <param name="From">Its first position.</param>
/// <param name="To">The position after its last.</param>
/// <param name="Expected">What it should be.</param>
/// <param name="Actual">What it is.</param>
internal readonly record struct LedgerFault(string Stream, string Source, long From, long To, long Expected, long Actual);
