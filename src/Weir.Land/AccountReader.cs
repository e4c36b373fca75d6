using System.Collections.Immutable;
using Weir.Accounting;
using Weir.DuckDb;
using Weir.Events;
using Weir.Lake;
using Weir.Land.Accounting;
using Weir.Land.Rounds;

namespace Weir.Land;

/// <summary>
/// Reads the account: what was received, as the streams' own counts say, against the fates that the ledger records. It keeps the ledger's
/// sums, and reads at each call only the files of commits made since the last. Many threads may ask; they are answered one at a time.
/// </summary>
/// <param name="lake">Where the streams land.</param>
public sealed class AccountReader(LakeStore lake)
{
    private readonly Lock gate = new();
    private (string? Lake, long Version) known = (null, -1); // whose ledger is in the sums, and up to which version
    private LedgerSums sums = new();

    /// <summary>The account of all streams. Streams may receive and land meanwhile: it is that of the moment it began.</summary>
    /// <param name="openStreams">Gives every stream there is. Called after the ledger was read: what is received or lands meanwhile counts as waiting, and no stream that landed is missing.</param>
    public AccountReport Read(Func<IReadOnlyList<IEventStream>> openStreams)
    {
        lock (gate)
        {
            var snapshot = lake.ReadLedgerSnapshot();
            try
            {
                CatchUp(snapshot);
            }
            catch
            {
                Forget(); // half of a commit may be in the sums
                throw;
            }
            var streams = openStreams();
            var book = new AccountBook();
            foreach (var fate in sums.Fates) book.AddFate(fate);
            var unreadable = new Dictionary<string, string>(StringComparer.Ordinal);
            var forgetful = streams.Where(s => !s.KeepsHours).ToDictionary(s => s.Id, s => s.Source, StringComparer.Ordinal);
            foreach (var landed in sums.LandedHours)
                if (forgetful.TryGetValue(landed.Stream, out var source)) book.AddLanded(source, landed.Hour, landed.Received);
            foreach (var stream in streams)
                if (TryAddReceived(book, stream, snapshot.Positions.GetValueOrDefault(stream.Id)) is { } why) unreadable[stream.Id] = why;
            var problems = new AccountProblems(snapshot.Positions, streams, unreadable).Find(sums);
            return new AccountReport(book.Rows(), sums.Quarantined(), [.. problems]) { DroppedByReason = sums.Dropped() };
        }
    }

    /// <summary>Null, or why a stream's own count cannot be read: that is a problem of the account, and hides none of the other streams.</summary>
    private static string? TryAddReceived(AccountBook book, IEventStream stream, long position)
    {
        try
        {
            book.AddReceived(stream, position);
            return null;
        }
        catch (Exception error) when (LandErrors.IsOfFiles(error))
        {
            return WeirException.Sentence(error);
        }
    }

    private void CatchUp(Snapshot snapshot)
    {
        var id = lake.Id;
        if (id == known.Lake && snapshot.LedgerVersion == known.Version) return;
        // Files that compaction wrote hold nothing new: what is read are the files as they were added.
        var isLater = id == known.Lake && snapshot.LedgerVersion > known.Version;
        if (!isLater || lake.FilesAddedAfter(known.Version, LakeTables.Ledger.Name, snapshot) is not { } news || !TryAdd(snapshot, news))
        {
            Forget();
            TryAdd(snapshot, [.. snapshot[LakeTables.Ledger.Name].Files.Values]);
        }
        known = (id, snapshot.LedgerVersion);
    }

    /// <summary>False if a row lies before one that is known: where ranges leave gaps can only be told from all rows in order.</summary>
    private bool TryAdd(Snapshot snapshot, IReadOnlyList<AddFile> files)
    {
        if (files.Count == 0) return true;
        using var connection = LakeViews.Open(snapshot.Only(LakeTables.Ledger, files));
        foreach (var row in LedgerReading.Read(connection))
            if (!sums.TryAdd(row)) return false;
        return true;
    }

    private void Forget()
    {
        known = (null, -1);
        sums = new LedgerSums();
    }
}
