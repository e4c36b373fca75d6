using Weir.Accounting;
using Weir.Events;
using Weir.Lake;
using Weir.Land.Accounting.Verify;
using Weir.Land.Rounds;
using Weir.Storage;

namespace Weir.Land;

/// <summary>What a proof of the account may use.</summary>
/// <param name="TemporaryFolder">Where DuckDB may write what does not fit into its memory.</param>
public sealed record VerifyOptions(string TemporaryFolder)
{
    /// <summary>The memory of DuckDB, which reads the lake's files; a DuckDB size.</summary>
    public string DuckDbMemory { get; init; } = "512MB";

    /// <summary>How many ordinals are looked at in one pass over the lake's files. Each takes a bit for each kind of fate that occurs: 500 million are at most 250 MB.</summary>
    public long OrdinalsAtOnce { get; init; } = 500_000_000;
}

/// <summary>
/// Proves the account from the data: from the bytes of journal, raw and loaded files that everything acknowledged is still there or was removed on record, and
/// from the lake's files and the ledger that everything which landed has exactly one fate. Reads only; may run beside collecting, landing and compaction.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="disk">The file system.</param>
/// <param name="options">Memory and folders.</param>
public sealed class AccountVerifier(LakeStore lake, IDisk disk, VerifyOptions options)
{
    private const int Attempts = 10;
    private const double LakesShare = 0.5;

    /// <summary>Proves what is in scope.</summary>
    /// <param name="scope">What to prove.</param>
    /// <param name="openStreams">Gives every stream there is. Called after witness and ledger were read, so that neither can be ahead of a stream that only grew meanwhile.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="WeirException">WEIR5021: the lake changes faster than it can be read. WEIR6001–6005: a log of the lake cannot be read.</exception>
    public Task<VerifyReport> VerifyAsync(
        VerifyScope scope, Func<IReadOnlyList<IEventStream>> openStreams, IProgress<VerifyProgress>? progress, CancellationToken cancellationToken) => Task.Run(async () =>
    {
        disk.CreateFolder(options.TemporaryFolder);
        var files = new WitnessFiles(lake.Folder, lake.Disk);
        var damaged = new List<VerifyFault>();
        var witnesses = files.ReadAll((path, why) => damaged.Add(new("", "", 0, 0, path, $"{why.Code} {why.Message}", "Follow what the message says")));
        var trouble = new LakeTrouble(lake);
        var (faults, landed) = ProveLake(scope, trouble, progress, cancellationToken);
        var streams = new StreamsProof(lake, scope, files, witnesses, landed, faults, (source, part) => progress?.Report(new($"reading {source}", LakesShare + (1 - LakesShare) * part)));
        var open = openStreams();
        var verdicts = await streams.RunAsync(open, cancellationToken);
        // A stream whose rows the ledger lost is told with the source it has of itself.
        var sources = open.ToDictionary(s => s.Id, s => s.Source, StringComparer.Ordinal);
        return new VerifyReport(verdicts, [.. damaged, .. trouble.Faults(), .. faults.ToList().Select(f => f.Source.Length > 0 ? f : f with { Source = sources.GetValueOrDefault(f.Stream, "") })]);
    }, cancellationToken);

    /// <summary>Files that compaction replaced and vacuum removed while they were read are no fault: all is read anew from a newer snapshot.</summary>
    private (FaultList Faults, IReadOnlyList<LedgerStream> Landed) ProveLake(VerifyScope scope, LakeTrouble trouble, IProgress<VerifyProgress>? progress, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ;)
        {
            var faults = new FaultList();
            try
            {
                var proof = new LakeProof(lake.ReadSnapshot(), scope, options, trouble, faults, part => progress?.Report(new("reading the lake", LakesShare * part)));
                return (faults, proof.Run(cancellationToken));
            }
            catch (LakeMovedException e)
            {
                if (!e.IsFault && ++attempt > Attempts) throw LandErrors.LakeMoves(Attempts);
            }
        }
    }
}
