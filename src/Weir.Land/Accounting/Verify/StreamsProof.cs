using Weir.Accounting;
using Weir.Events;
using Weir.Lake;
using Weir.Land.Rounds;

namespace Weir.Land.Accounting.Verify;

/// <summary>Proves from the streams' own bytes what was received: journal and raw, loaded files; against the witness and the ledger's rows.</summary>
internal sealed class StreamsProof(
    LakeStore lake, VerifyScope scope, WitnessFiles witnessFiles, IReadOnlyList<WitnessedHead> witnesses, IReadOnlyList<LedgerStream> landed, FaultList faults, Action<string, double> progress)
{
    private const string RestoreJournal = "Restore the journal and raw from a copy";

    public async Task<IReadOnlyList<StreamVerdict>> RunAsync(IReadOnlyList<IEventStream> streams, CancellationToken cancellationToken)
    {
        var ledger = landed.ToDictionary(l => l.Id, StringComparer.Ordinal);
        var seen = witnesses.ToDictionary(w => w.Stream, StringComparer.Ordinal);
        var all = streams.Where(s => scope.Source is null || s.Source == scope.Source).OrderBy(s => s.Source, StringComparer.Ordinal).ThenBy(s => s.Id, StringComparer.Ordinal).ToList();
        FindGone(all, ledger, seen);
        var verdicts = new List<StreamVerdict>();
        for (var i = 0; i < all.Count; i++)
        {
            var (stream, number) = (all[i], i);
            if (Head(stream, ledger.GetValueOrDefault(stream.Id)) is not { } head) continue;
            var from = ledger.GetValueOrDefault(stream.Id) ?? new LedgerStream(stream.Id, stream.Source, 0, 0, 0);
            verdicts.Add(await ProveAsync(stream, from, seen.GetValueOrDefault(stream.Id), head, part => progress(stream.Source, (number + part) / all.Count), cancellationToken));
        }
        return verdicts;
    }

    private void FindGone(List<IEventStream> present, Dictionary<string, LedgerStream> ledger, Dictionary<string, WitnessedHead> seen)
    {
        var known = present.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var witness in seen.Values.Where(w => !known.Contains(w.Stream) && (scope.Source is null || w.Source == scope.Source)))
            Fault(witness.Stream, witness.Source, 0, witness.Head, witnessFiles.PathOf(witness.Stream), $"the witness saw it at {witness.Head} on {witness.At:yyyy-MM-dd HH:mm:ss} UTC, but there is no such stream", RestoreJournal);
        foreach (var stream in ledger.Values.Where(l => !known.Contains(l.Id) && !seen.ContainsKey(l.Id)))
            Fault(stream.Id, stream.Source, 0, stream.Position, lake.Folder, $"the ledger has landed it up to {stream.Position}, but there is no such stream", RestoreJournal);
    }

    private long? Head(IEventStream stream, LedgerStream? ledger)
    {
        try
        {
            return stream.ReadHead();
        }
        catch (Exception e) when (LandErrors.IsOfFiles(e))
        {
            Fault(stream.Id, stream.Source, 0, ledger?.Position ?? 0, "its own files", $"it cannot be read: {WeirException.Sentence(e)}", "Follow what the message says");
            return null;
        }
    }

    private async Task<StreamVerdict> ProveAsync(IEventStream stream, LedgerStream ledger, WitnessedHead? witness, long head, Action<double> done, CancellationToken cancellationToken)
    {
        if (ledger.Position > head)
            Fault(stream.Id, stream.Source, head, ledger.Position, lake.Folder, $"the ledger has landed it up to {ledger.Position}, but it ends at {head}", RestoreJournal);
        if (witness?.Head > head)
            Fault(stream.Id, stream.Source, head, witness.Head, witnessFiles.PathOf(stream.Id), $"acknowledged by {witness.At:yyyy-MM-dd HH:mm:ss} UTC, the witness says, but the stream ends at {head}", RestoreJournal);
        var to = End(stream, ledger, head);
        var from = Math.Min(ledger.From, to);
        var (read, whole) = (0L, Math.Max(1, to - from));
        var marks = witness?.Mark is { } mark ? new[] { mark } : [];
        var claim = new ProofClaim(from, to, () => LedgerView.Removed(lake, stream.Id), ledger.GivenUp, marks);
        var count = new Count(more => done(Math.Min(1, (double)(read += more) / whole)));
        var proof = stream is IProvableStream provable
            ? await provable.ProveAsync(claim, count, cancellationToken)
            : await ReadThrough.ProveAsync(stream, claim, count, cancellationToken);
        foreach (var fault in proof.Faults)
            faults.Add("bytes", new VerifyFault(stream.Id, stream.Source, fault.From, fault.To, fault.File, $"the file {fault.What}", fault.Remedy));
        CompareHours(stream, ledger, proof.Received);
        return new(stream.Id, stream.Source, from, to, ledger.Landed, ledger.Duplicate, ledger.Quarantined, ledger.Dropped,
            Math.Max(0, to - Math.Max(ledger.Position, from)), Math.Max(0, to - Math.Max(witness?.Head ?? 0, from)), proof.Removed);
    }

    /// <summary>In a range of hours: where what was received in them ends. If that cannot be told, all of the stream is looked at.</summary>
    private long End(IEventStream stream, LedgerStream ledger, long head)
    {
        if (scope.IsWhole || scope.To is null) return head;
        if (ledger.To < ledger.Position) return Math.Min(head, ledger.To);
        try
        {
            return stream.ReadReceived(ledger.To, head).Where(h => scope.Holds(h.Hour)).Select(h => h.FirstOrdinal + h.Count).Append(ledger.To).Max();
        }
        catch (Exception e) when (LandErrors.IsOfFiles(e))
        {
            return head;
        }
    }

    /// <summary>The ledger must account each event under the hour in which the stream received it.</summary>
    private void CompareHours(IEventStream stream, LedgerStream ledger, IReadOnlyList<ReceivedHour> received)
    {
        foreach (var said in ledger.Hours)
            foreach (var other in HourStretches.Within(received, said.FirstOrdinal, said.FirstOrdinal + said.Count).Where(h => h.Hour != said.Hour))
                Fault(stream.Id, stream.Source, other.FirstOrdinal, other.FirstOrdinal + other.Count, lake.Folder,
                    $"received in the hour {other.Hour:yyyy-MM-dd HH}:00 UTC, but the ledger accounts it under {said.Hour:yyyy-MM-dd HH}:00", "Nothing repairs this by itself: keep the data folder, and report it");
    }

    private void Fault(string stream, string source, long from, long to, string file, string what, string remedy) =>
        faults.Add(what[..Math.Min(12, what.Length)], new VerifyFault(stream, source, from, to, file, what, remedy));
}
