using System.Text;
using Weir.Events;
using Weir.Journal;

namespace Weir.Tests.Journal;

public class SegmentTests
{
    private static readonly DateTime Ten = new(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc);

    [Fact] // J3, J4
    public async Task A_segment_holds_one_receive_hour_and_received_says_how_many_each_hour()
    {
        using var bench = new JournalBench();
        await using var writer = await bench.OpenAsync();
        await JournalBench.AppendAsync(writer, "a", "b"); // 10:59:50
        bench.Time.Now += TimeSpan.FromSeconds(9);
        await JournalBench.AppendAsync(writer, "c"); // 10:59:59
        bench.Time.Now += TimeSpan.FromSeconds(1);
        await JournalBench.AppendAsync(writer, "d", "e", "f"); // 11:00:00
        bench.Time.Now += TimeSpan.FromHours(3);
        await JournalBench.AppendAsync(writer, "g"); // 14:00:00
        bench.Segments().Select(s => Path.GetFileName(s)).ShouldBe(["00000000000000000000-1.seg", "00000000000000000003-1.seg", "00000000000000000006-1.seg"]);
        bench.Reader().ReadReceived().ShouldBe([new(Ten, 0, 3), new(Ten.AddHours(1), 3, 3), new(Ten.AddHours(4), 6, 1)]);
    }

    [Fact] // J3
    public async Task A_segment_is_rolled_at_its_size_and_several_of_one_hour_are_one_hour_of_received()
    {
        using var bench = new JournalBench();
        await using var writer = await bench.OpenAsync(bench.Options with { SegmentBytes = 400 });
        for (var i = 0; i < 5; i++) await JournalBench.AppendAsync(writer, new string('x', 500));
        bench.Segments().Length.ShouldBe(5);
        bench.Reader().ReadReceived().ShouldBe([new(Ten, 0, 5)]);
    }

    [Fact] // J4
    public async Task A_clock_that_goes_back_does_not_take_the_receive_time_or_the_hour_with_it()
    {
        using var bench = new JournalBench();
        await using (var writer = await bench.OpenAsync())
        {
            await JournalBench.AppendAsync(writer, "a");
            bench.Time.Now += TimeSpan.FromMinutes(1); // 11:00:50
            await JournalBench.AppendAsync(writer, "b");
            bench.Time.Now -= TimeSpan.FromMinutes(30);
            await JournalBench.AppendAsync(writer, "c");
        }
        await using (var writer = await bench.OpenAsync()) await JournalBench.AppendAsync(writer, "d"); // still behind, after a restart
        var times = new List<DateTimeOffset>();
        await foreach (var frame in bench.Reader().ReadAsync(0, default)) times.Add(frame.ReceivedAt);
        var b = new DateTimeOffset(2026, 3, 1, 11, 0, 50, TimeSpan.Zero);
        times.ShouldBe([b.AddMinutes(-1), b, b, b]);
        bench.Reader().ReadReceived().ShouldBe([new(Ten, 0, 1), new(Ten.AddHours(1), 1, 3)]);
    }

    [Fact]
    public async Task A_segment_whose_hour_is_over_is_closed_though_nothing_comes()
    {
        using var bench = new JournalBench();
        await using var writer = await bench.OpenAsync();
        await JournalBench.AppendAsync(writer, "a");
        var stream = bench.Reader();
        JournalRaw.MoveLanded(stream, 1, keepRaw: true, lease: 1).ShouldBe(0);
        bench.Time.Now += TimeSpan.FromHours(1);
        await Wait.UntilAsync(() => JournalRaw.MoveLanded(stream, 1, keepRaw: true, lease: 1) == 1);
    }

    [Theory] // J14
    [InlineData(true)]
    [InlineData(false)]
    public async Task Landed_segments_move_or_go_and_received_head_and_order_stay(bool keepRaw)
    {
        using var bench = new JournalBench();
        string id;
        await using (var writer = await bench.OpenAsync())
        {
            for (var i = 0; i < 4; i++)
            {
                await JournalBench.AppendAsync(writer, $"{i}a", $"{i}b");
                bench.Time.Now += TimeSpan.FromHours(1);
            }
            var stream = bench.Reader();
            id = stream.Id;
            var received = stream.ReadReceived();
            JournalRaw.MoveLanded(stream, 5, keepRaw, lease: 1).ShouldBe(2); // the third holds 4 and 5
            JournalRaw.MoveLanded(stream, 5, keepRaw, lease: 1).ShouldBe(0);
            bench.Segments().Length.ShouldBe(2);
            stream.ReadReceived().ShouldBe(received);
            stream.ReadHead().ShouldBe(8);
            (await JournalBench.ReadAllAsync(stream, 4)).ShouldBe(["2a", "2b", "3a", "3b"]);
            if (keepRaw)
            {
                File.Exists(Path.Combine(bench.Data, "raw", "date=2026-03-01", "hour=11", "source=web", $"{id}-00000000000000000002-1.seg")).ShouldBeTrue();
                (await JournalBench.ReadAllAsync(stream)).Count.ShouldBe(8);
            }
            else
                (await Should.ThrowAsync<WeirException>(() => JournalBench.ReadAllAsync(stream, 3))).Code.ShouldBe("WEIR2007");
        }
        // Nothing but what was removed is left: the stream still goes on where it was, with the chain unbroken.
        JournalRaw.MoveLanded(bench.Reader(), 8, keepRaw, lease: 1).ShouldBe(2);
        bench.Segments().ShouldBeEmpty();
        await using (var writer = await bench.OpenAsync()) (await JournalBench.AppendAsync(writer, "new")).ShouldBe(new(id, 8));
        bench.Reader().ReadReceived().Sum(r => r.Count).ShouldBe(9);
        ChainCheck.Find(bench).ShouldBeNull();
    }

    [Fact] // J15
    public async Task Reading_in_pieces_gives_what_reading_at_once_gives_while_segments_move()
    {
        using var bench = new JournalBench();
        await using var writer = await bench.OpenAsync(bench.Options with { SegmentBytes = 3 << 20 });
        var text = new string('x', 100_000);
        for (var i = 0; i < 100; i++) await JournalBench.AppendAsync(writer, $"{i} {text}", $"{i}");
        var stream = bench.Reader();
        long at = 0;
        while (at < stream.ReadHead())
        {
            await foreach (var frame in stream.ReadAsync(at, default))
            {
                frame.FirstOrdinal.ShouldBe(at);
                Encoding.UTF8.GetString(frame.Events[^1].Span).ShouldBe($"{at / 2}");
                at = frame.NextOrdinal;
                if (at % 14 == 0) break;
            }
            JournalRaw.MoveLanded(stream, at, keepRaw: true, lease: 1);
        }
        at.ShouldBe(200);
    }

    [Fact]
    public void Other_streams_have_no_segments_to_move() => JournalRaw.MoveLanded(new OtherStream(), 10, keepRaw: true, lease: 1).ShouldBe(0);

    private sealed class OtherStream : IEventStream
    {
        public string Id => "file/0";
        public string Source => "files";
        public long ReadHead() => 0;
        public IReadOnlyList<ReceivedHour> ReadReceived() => [];
        public IAsyncEnumerable<Frame> ReadAsync(long from, CancellationToken cancellationToken) => AsyncEnumerable.Empty<Frame>();
    }
}
