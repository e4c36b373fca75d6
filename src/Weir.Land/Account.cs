using Weir.Accounting;
using Weir.DuckDb;
using Weir.Events;
using Weir.Lake;
using Weir.Land.Accounting;

namespace Weir.Land;

/// <summary>Reads the account: what was received, as the streams' own counts say, against the fates that the ledger records.</summary>
public static class Account
{
    /// <summary>The account of all streams. Streams may receive and land meanwhile: it is that of the moment it began.</summary>
    /// <param name="lake">Where they land.</param>
    /// <param name="streams">Every stream there is.</param>
    public static AccountReport Read(LakeStore lake, IReadOnlyList<IEventStream> streams)
    {
        // The ledger first: what lands afterwards was received, and counts as waiting.
        var snapshot = lake.ReadSnapshot();
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        LakeViews.Create(connection, snapshot);
        var ledger = new LedgerReading(connection);
        var book = new AccountBook();
        foreach (var fate in ledger.ReadFates()) book.AddFate(fate);
        foreach (var stream in streams) book.AddReceived(stream, snapshot.Positions.GetValueOrDefault(stream.Id));
        var problems = new AccountProblems(snapshot.Positions, streams).Find(ledger);
        return new AccountReport(book.Rows(), ledger.ReadReasons(), [.. problems]);
    }
}
