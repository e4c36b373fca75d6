using Weir.Events;
using Weir.Journal;

namespace Weir.Tests.Journal;

/// <summary>What of a stream can go, by its time of receipt, and which keys it has need of.</summary>
public sealed class RemovalByAgeTests : IDisposable
{
    private readonly JournalBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact] // J21, J14
    public async Task Only_landed_segments_whose_last_event_is_old_enough_can_go_and_their_days_keys_after_them()
    {
        bench.Time.Now = new DateTimeOffset(2026, 3, 1, 22, 10, 0, TimeSpan.Zero);
        await using (var writer = await bench.OpenAsync())
            for (var i = 0; i < 4; i++) // 22:10, 23:10, and 00:10 and 01:10 of the next day
            {
                await JournalBench.AppendAsync(writer, $"{i}");
                bench.Time.Now += TimeSpan.FromHours(1);
            }
        var stream = (IKeptStream)bench.Reader();
        JournalRaw.MoveLanded(stream, 2, keepRaw: true, lease: 1).ShouldBe(2);
        Removable(4, "22:10:00").ShouldBe(0);
        Removable(4, "22:10:01").ShouldBe(1);
        Removable(4, "23:10:01").ShouldBe(2);
        Removable(1, "23:10:01").ShouldBe(1); // the second has not landed
        var pieces = stream.FindRemovable(4, At("23:10:01"));
        Days([]).ShouldBe([1, 2]);
        Days([pieces[0].Path]).ShouldBe([1, 2]);
        Days([.. pieces.Select(p => p.Path)]).ShouldBe([2]);
        stream.Remove(pieces, lease: 1);
        Days([]).ShouldBe([2]);
        Directory.Exists(Path.Combine(bench.Data, "raw", "date=2026-03-01")).ShouldBeFalse();
        (stream.ReadFirst(), stream.ReadHead(), stream.ReadReceived().Sum(r => r.Count)).ShouldBe((2, 4, 4));
        (await JournalBench.ReadAllAsync(stream, 2)).ShouldBe(["2", "3"]);

        int Removable(long upto, string before) => stream.FindRemovable(upto, At(before)).Count;
        DateTimeOffset At(string time) => DateTimeOffset.Parse($"2026-03-01T{time}Z", null);
        IEnumerable<int> Days(HashSet<string> leaving) => new JournalStreams(bench.Data, bench.Disk, bench.Keys).FindKeyDays("web", leaving)!.Select(d => d.Day).Order();
    }
}
