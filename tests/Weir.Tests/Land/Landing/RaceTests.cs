using Weir.DuckDb;
using Weir.Events;
using Weir.Land;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Landing;

/// <summary>Two landers that should not be there at once: only the ledger stands between them.</summary>
public sealed class RaceTests : IDisposable
{
    private readonly LandFixture land = new() { Configure = o => o with { RoundBytes = 100 * 512 } };
    private readonly TemporaryFolder other = new();

    public void Dispose()
    {
        land.Dispose();
        other.Dispose();
    }

    /// <summary>400 events of 300 ids in frames of 20, in an order of its own.</summary>
    private static MemoryEventStream Stream(string id, int seed)
    {
        var random = new Random(seed);
        var ids = Enumerable.Range(0, 300).Concat(Enumerable.Range(0, 100)).ToArray();
        random.Shuffle(ids);
        var stream = new MemoryEventStream(id, "web");
        foreach (var chunk in ids.Chunk(20)) stream.Append(At("2026-03-01T10:00:00"), chunk.Select(i => Of(i, $"2026-03-01T0{i % 9}:00:00")));
        return stream;
    }

    private Task<LandResult[]> RaceAsync(IReadOnlyList<IEventStream> first, IReadOnlyList<IEventStream> second) =>
        Task.WhenAll(land.LandAsync(first), land.LandAsync(second, dataFolder: other.Path));

    [Theory] // D1 D6
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_landers_at_once_land_every_id_once_on_the_same_streams_and_on_separate_ones(bool same)
    {
        var (a, b) = (Stream("aaaa", 1), Stream("bbbb", 2));
        var results = await (same ? RaceAsync([a, b], [a, b]) : RaceAsync([a], [b]));

        land.Count("SELECT count(*) FROM lake.events").ShouldBe(300);
        land.Count("SELECT count(DISTINCT event_id) FROM lake.events").ShouldBe(300);
        foreach (var stream in new[] { a, b }) land.Fates(stream.Id).Select(f => f.Position).ShouldBe(Enumerable.Range(0, 400).Select(i => (long)i));
        results.Sum(r => r.Events).ShouldBe(800); // what one lost to the other it does not count
        using var lake = land.OpenLake();
        Account.Read(lake, () => [a, b]).AddsUp.ShouldBeTrue();
    }

    [Fact] // D1 D6
    public async Task A_round_that_another_stream_s_commit_overtook_is_decided_again_without_its_own_claims()
    {
        await land.LandAsync(new MemoryEventStream("0000", "web").Append(At("2026-03-01T10:00:00"), Of(0, "2026-03-01T09:00:00")));
        var a = new MemoryEventStream("aaaa", "web").Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00"), Of(2, "2026-03-01T09:00:00"), Of(3, "2026-03-01T09:00:00"), Of(3, "2026-03-01T09:00:00"));
        var b = new MemoryEventStream("bbbb", "web").Append(At("2026-03-01T10:00:00"), Of(2, "2026-03-01T09:00:00"), Of(9, "2026-03-01T09:00:00"));
        a.BeforeCommit = () => land.LandAsync([b], dataFolder: other.Path).GetAwaiter().GetResult();
        (await land.LandAsync(a)).ShouldSatisfyAllConditions(r => r.Landed.ShouldBe(2), r => r.Duplicate.ShouldBe(2), r => r.Commits.ShouldBe(1));
        land.FateLine("aaaa").ShouldBe("0:landed 1:duplicate 2:landed 3:duplicate");
        land.FateLine("bbbb").ShouldBe("0:landed 1:landed");
    }

    [Fact] // D6
    public async Task A_round_that_another_lander_committed_first_is_not_committed_again()
    {
        var a = Stream("aaaa", 1);
        a.BeforeCommit = () => land.LandAsync([a], dataFolder: other.Path).GetAwaiter().GetResult();
        (await land.LandAsync(a)).Events.ShouldBe(0);
        land.Count("SELECT count(*) FROM lake.events").ShouldBe(300);
    }

    [Fact]
    public async Task A_second_lander_in_one_data_folder_is_refused()
    {
        using var lake = land.OpenLake();
        await using var first = await Lander.OpenAsync(new LandOptions(land.Data), lake, land.Sources, land.Keys, Weir.Storage.LocalDisk.Instance);
        var refused = await Should.ThrowAsync<WeirException>(() => land.LandAsync(Stream("aaaa", 1)));
        refused.Code.ShouldBe("WEIR5001");
        refused.Message.ShouldContain($"process {Environment.ProcessId}");
    }
}
