using Weir.DuckDb;
using Weir.Events;
using Weir.Journal;
using Weir.Lake;
using Weir.Storage;
using Weir.Tests.Acceptance;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Kills;

/// <summary>
/// Two processes land into one lake. The first is stopped (SIGSTOP) when it has written files that no commit names yet, the second lands everything, and then the first goes on.
/// </summary>
public sealed class StoppedLanderTests : IDisposable
{
    private const string Settings = "name: stopped\nsources:\n  web: {time_zone: UTC}\nlake: {commit_bytes: 1MB}\n";
    private readonly TemporaryProject first = new TemporaryProject().With("weir.yml", Settings);
    private readonly TemporaryProject second = new TemporaryProject().With("weir.yml", Settings);

    private string Lake => first[".weir/local/lake"];

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    [Theory] // D1 D6 G1 G3
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lander_that_was_stopped_between_its_files_and_its_commit_throws_away_what_another_landed(bool same)
    {
        var sent = new SentEvents(new Random(7));
        await using (var journal = await OpenJournalAsync(first)) await sent.AppendAsync(journal, 12_000);
        (await first.RunAsync("land")).ShouldSucceed(); // the lake is there
        if (same)
        {
            await using (var journal = await OpenJournalAsync(first)) await sent.AppendAsync(journal, 12_000);
            Copy(first[".weir/local/journal"], second[".weir/local/journal"]);
            Copy(first[".weir/local/keys"], second[".weir/local/keys"]);
        }
        else
        {
            // The same events on a stream of their own.
            await using (var journal = await OpenJournalAsync(first)) await sent.AppendAsync(journal, 12_000);
            await using var other = await OpenJournalAsync(second);
            await new SentEvents(new Random(7)).AppendAsync(other, 24_000);
        }
        Directory.CreateSymbolicLink(second[".weir/local/lake"], Lake);

        using var stopped = WeirProcess.Start(null, "land", "--project", first.Folder);
        var before = await StopBetweenFilesAndCommitAsync(stopped);
        (await second.RunAsync("land")).ShouldSucceed();
        WeirProcess.Signal(stopped.Id, "CONT");
        (await stopped.WaitAsync(TimeSpan.FromMinutes(2))).ShouldSucceed();

        before.ShouldBeLessThan(24_000); // of the first's stream something was left to land
        (await first.RunAsync("land")).ShouldSucceed();
        using var lake = LakeStore.Open(new LakeOptions(Lake), LocalDisk.Instance, TimeProvider.System);
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        LakeViews.Create(connection, lake.ReadSnapshot());
        connection.Query("SELECT event_id FROM lake.events ORDER BY 1", r => r.GetString(0)).ShouldBe(sent.Ids.Select(i => $"{Id(i)}").Order(StringComparer.Ordinal));
        connection.Scalar<long>("SELECT count(*) FROM lake.quarantine").ShouldBe(sent.Wrong * (same ? 1 : 2));
        connection.Scalar<long>("SELECT sum(landed + duplicate + quarantined)::BIGINT FROM lake.ledger").ShouldBe(same ? 24_000 : 48_000);
        var streams = SentEvents.Streams(first[".weir/local"]).Concat(same ? [] : SentEvents.Streams(second[".weir/local"])).ToList();
        Weir.Land.Account.Read(lake, () => streams).ShouldSatisfyAllConditions(a => a.AddsUp.ShouldBeTrue(string.Join('\n', a.Problems)));
        if (same) (await first.RunAsync("account", "--verify")).ShouldSucceed();
    }

    /// <summary>Stops it where a data file lies in the lake that no commit names; gives how many events the ledger then had.</summary>
    private async Task<long> StopBetweenFilesAndCommitAsync(WeirProcess process)
    {
        using var lake = LakeStore.Open(new LakeOptions(Lake), LocalDisk.Instance, TimeProvider.System);
        while (true)
        {
            if (process.HasExited) throw new InvalidOperationException($"It ended before it was stopped: {process.Error}");
            var files = DataFiles();
            if (files.Except(Named(lake)).Any())
            {
                WeirProcess.Signal(process.Id, "STOP");
                if (DataFiles().Except(Named(lake)).Any()) return lake.Positions.Values.Sum();
                WeirProcess.Signal(process.Id, "CONT"); // it was quicker
            }
            await Task.Yield();
        }
    }

    private HashSet<string> DataFiles() => [.. Directory.EnumerateFiles(Path.Combine(Lake, "events"), "*.parquet", SearchOption.AllDirectories).Where(f => !f.Contains("_delta_log", StringComparison.Ordinal)).Select(f => Path.GetFileName(f))];

    private static IEnumerable<string> Named(LakeStore lake) => lake.ReadSnapshot()["events"].Files.Values.Select(f => Path.GetFileName(Uri.UnescapeDataString(f.Path)));

    private static Task<JournalWriter> OpenJournalAsync(TemporaryProject project) => JournalWriter.OpenAsync(new JournalOptions(project[".weir/local"]), LocalDisk.Instance, TimeProvider.System);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
