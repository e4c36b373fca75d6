using Weir.DuckDb;

namespace Weir.Land.Accounting;

/// <summary>What the account needs of a row of the ledger. Counts are signed: a replay takes from quarantine what it adds to landed.</summary>
internal readonly record struct AccountedRow(
    string Stream, string Source, long From, long To, DateTime Hour, bool IsLanding,
    long Received, long Landed, long Duplicate, long Quarantined, long Dropped, long WithoutTime, string QuarantinedByReason, string DroppedByReason)
{
    public long Fates => Landed + Duplicate + Quarantined + Dropped;
}

/// <summary>Reads the ledger's rows, in one pass over its files.</summary>
internal static class LedgerReading
{
    /// <summary>By stream, in order of positions.</summary>
    /// <param name="connection">Has the view <c>lake.ledger</c>.</param>
    public static IEnumerable<AccountedRow> Read(DuckDBConnection connection)
    {
        using var rows = connection.Query("""
            SELECT stream, source, from_position, to_position, epoch_us(hour), movement = 'land',
                   received, landed, duplicate, quarantined, dropped, without_time, quarantined_by_reason, dropped_by_reason
            FROM lake.ledger WHERE movement <> 'remove' ORDER BY stream, from_position, to_position
            """);
        while (rows.Read())
            yield return new AccountedRow(
                rows.GetString(0), rows.GetString(1), rows.GetInt64(2), rows.GetInt64(3), DateTime.UnixEpoch.AddMicroseconds(rows.GetInt64(4)), rows.GetBoolean(5),
                rows.GetInt64(6), rows.GetInt64(7), rows.GetInt64(8), rows.GetInt64(9), rows.GetInt64(10), rows.GetInt64(11), rows.GetString(12), rows.GetString(13));
    }
}
