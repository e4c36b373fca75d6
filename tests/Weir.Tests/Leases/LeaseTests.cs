using Weir.Leases;
using Weir.Storage;
using Weir.Tests.Journal;
using Weir.Tests.Storage;

namespace Weir.Tests.Leases;

public sealed class LeaseTests : IDisposable
{
    private static readonly TimeSpan Ten = TimeSpan.FromSeconds(10);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_held_lease_is_not_given_and_a_released_one_at_once_with_the_next_number()
    {
        var first = Take()!;
        first.Number.ShouldBe(1);
        Take().ShouldBeNull();
        first.IsCurrent.ShouldBeTrue();
        first.Dispose();
        using var second = Take()!;
        (second.Number, second.EarlierMayLive, second.IsCurrent).ShouldBe((2, false, true));
        Files().ShouldBe(["00000000000000000002.json"]);
    }

    [Fact]
    public void One_whose_process_is_gone_is_taken_at_once()
    {
        using var first = Take()!;
        Zombies.Disown(folder.Path, "collect");
        using var second = Take()!;
        second.Number.ShouldBe(2);
        first.IsCurrent.ShouldBeFalse();
        first.Lost.WaitHandle.WaitOne(TimeSpan.FromSeconds(10)).ShouldBeTrue();
    }

    [Fact]
    public void One_that_was_not_renewed_in_time_is_taken_and_its_number_stays_as_long_as_its_holder_may_live()
    {
        var paused = Take(new ManualTime { Now = TimeProvider.System.GetUtcNow().AddSeconds(-9) })!; // the clock stands: it renews no more
        Take().ShouldBeNull();
        paused = Replace(paused, TimeProvider.System.GetUtcNow().AddSeconds(-11));
        using var second = Take()!;
        second.EarlierMayLive.ShouldBeTrue();
        paused.IsCurrent.ShouldBeFalse();
        second.Dispose();
        using var third = Take()!;
        (third.Number, third.EarlierMayLive).ShouldBe((second.Number + 1, true));
        // The third taking cleans the second only after the first: the first still sees that it was passed.
        paused.IsCurrent.ShouldBeFalse();
        paused.Dispose();
        third.Dispose();
        using var fourth = Take()!;
        fourth.EarlierMayLive.ShouldBeFalse();
        Files().Count().ShouldBe(1);
    }

    [Fact]
    public void A_holder_that_was_passed_brings_no_file_back()
    {
        using var first = Lease.TryTake(folder.Path, "collect", LocalDisk.Instance, TimeSpan.FromMilliseconds(20))!;
        Zombies.Disown(folder.Path, "collect");
        using var second = Take()!;
        first.Lost.WaitHandle.WaitOne(TimeSpan.FromSeconds(10)).ShouldBeTrue(); // its renewal saw it
        first.Dispose();
        Files().ShouldBe(["00000000000000000002.json"]);
        second.IsCurrent.ShouldBeTrue();
    }

    [Fact]
    public void Who_only_reads_takes_it_from_nobody_that_may_live()
    {
        using var paused = Take(new ManualTime { Now = TimeProvider.System.GetUtcNow().AddSeconds(-11) })!;
        Lease.TryTake(folder.Path, "collect", LocalDisk.Instance, Ten, orExpired: false).ShouldBeNull();
    }

    [Fact]
    public async Task Of_many_that_take_at_once_one_wins()
    {
        for (var round = 0; round < 20; round++)
        {
            using var start = new Barrier(8);
            var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(() =>
            {
                start.SignalAndWait();
                return Take();
            }, TaskCreationOptions.LongRunning)));
            var winner = taken.OfType<Lease>().ShouldHaveSingleItem();
            winner.Number.ShouldBe(round + 1);
            winner.Dispose();
        }
    }

    [Fact]
    public void This_process_is_told_from_another_of_its_number()
    {
        ProcessIdentity.StartOf(Environment.ProcessId).ShouldBe(ProcessIdentity.Start);
        ProcessIdentity.StartOf(int.MaxValue).ShouldBeNull();
    }

    private Lease Replace(Lease paused, DateTimeOffset renewed)
    {
        File.SetLastWriteTimeUtc(Directory.GetFiles(Path.Combine(folder.Path, "run", "leases", "collect")).Single(), renewed.UtcDateTime);
        return paused;
    }

    private Lease? Take(TimeProvider? time = null) => Lease.TryTake(folder.Path, "collect", LocalDisk.Instance, Ten, time: time);

    private IEnumerable<string> Files() => Directory.GetFiles(Path.Combine(folder.Path, "run", "leases", "collect")).Select(f => Path.GetFileName(f)).Order();
}
