using Weir.Lake;
using Weir.Lake.Delta;

namespace Weir.Tests.Lake.S3;

/// <summary>Commits by conditional put.</summary>
public class CommitTests
{
    private const int Committers = 16, Versions = 6;

    [Fact] // L4
    public async Task Of_sixteen_racing_committers_one_wins_each_version()
    {
        var server = await S3Server.GetAsync();
        using var lake = new S3TestLake(server.NewLake(""));
        for (var version = 0L; version < Versions; version++)
        {
            using var begin = new Barrier(Committers);
            var won = await Task.WhenAll(Enumerable.Range(0, Committers).Select(n => Task.Factory.StartNew(() =>
            {
                using var engine = new Engine();
                var table = new DeltaTable(Path.Combine(lake.Lake.Folder, "raced"), lake.Disk, new(engine, lake.Disk, TimeProvider.System));
                table.CreateFolders();
                begin.SignalAndWait();
                return table.TryCommit(version, $"{version}-{n}", [new DeltaAction { CommitInfo = new CommitInfo(0, $"{n}", new Dictionary<string, string?>(), null, new WeirCommit($"{version}-{n}")) }, new DeltaAction { Protocol = new Protocol(1, 2) }]);
            }, TaskCreationOptions.LongRunning)));
            won.Count(w => w).ShouldBe(1, $"version {version}");
            using var reader = new Engine();
            new DeltaTable(Path.Combine(lake.Lake.Folder, "raced"), lake.Disk, new(reader, lake.Disk, TimeProvider.System)).ReadCommit(version)![0].CommitInfo!.Operation.ShouldBe($"{Array.IndexOf(won, true)}");
        }
    }

    [Fact] // G4
    public async Task A_commit_whose_answer_was_lost_is_found_to_be_ones_own()
    {
        var server = await S3Server.GetAsync();
        var (puts, lost) = (0, 0);
        await using var front = await FrontServer.StartAsync(server.Endpoint, request =>
        {
            if (request.Method != "PUT" || !request.Headers.ContainsKey("If-None-Match") || !request.Path.Value!.EndsWith(".json", StringComparison.Ordinal)) return false;
            if (Interlocked.Increment(ref puts) % 2 == 0) return false; // what is sent again is answered
            Interlocked.Increment(ref lost);
            return true;
        });
        using var lake = new S3TestLake(server.NewLake(""), with: o => o with { Endpoint = front.Address });
        for (var n = 0; n < 3; n++) lake.Lake.Land("aaaa", n * 10, n * 10 + 10).ShouldBeOfType<CommitOutcome.Committed>();
        lost.ShouldBeGreaterThan(6); // of each commit and each copy
        lake.Lake.Count().ShouldBe(30);
        using var other = new S3TestLake(lake.Options with { Endpoint = server.Endpoint });
        other.Store.Positions["aaaa"].ShouldBe(30);
        other.Lake.Count("SELECT count(DISTINCT event_id) FROM lake.events").ShouldBe(30);
    }

    [Fact] // G1 G3
    public async Task Two_writers_on_two_machines_land_everything_once()
    {
        var server = await S3Server.GetAsync();
        var at = server.NewLake("");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(n => Task.Run(() =>
        {
            using var mine = new S3TestLake(at);
            for (var round = 0L; round < 3; round++)
            {
                var range = mine.Lake.Range($"stream-{n}", round * 5, round * 5 + 5);
                while (mine.Store.Commit(range) is CommitOutcome.Overtaken overtaken) range = range with { DecidedAt = overtaken.Winners[^1].Version };
            }
        })));
        using var lake = new S3TestLake(at);
        lake.Lake.Count("SELECT count(*) * 1000 + count(DISTINCT event_id) FROM lake.events").ShouldBe(45_045);
        lake.Store.Positions.Values.ShouldBe([15L, 15, 15]);
    }
}
