using System.Text;
using Weir.Events;
using Weir.Journal;

namespace Weir.Tests.Journal;

public class AppendAndReadTests
{
    [Fact]
    public async Task Events_come_back_byte_for_byte_with_ordinal_time_dialect_and_envelope()
    {
        using var bench = new JournalBench();
        byte[] odd = [0, 255, 10, 34];
        await using var writer = await bench.OpenAsync();
        var first = await writer.AppendAsync("web", "weir", JournalBench.Bytes("""{"ip":"::1"}"""), [JournalBench.Bytes("""{"a":1}"""), odd], default);
        bench.Time.Now += TimeSpan.FromSeconds(1);
        var second = await writer.AppendAsync("web", "segment", JournalBench.Bytes("{}"), [Array.Empty<byte>()], default);

        (first.FirstOrdinal, second.FirstOrdinal).ShouldBe((0, 2));
        var stream = bench.Reader();
        (stream.Id, stream.Source, stream.ReadHead()).ShouldBe((first.StreamId, "web", 3));
        var frames = new List<Frame>();
        await foreach (var frame in stream.ReadAsync(0, default)) frames.Add(frame);
        frames.Count.ShouldBe(2);
        frames[0].Events[0].ToArray().ShouldBe(Encoding.UTF8.GetBytes("""{"a":1}"""));
        frames[0].Events[1].ToArray().ShouldBe(odd);
        (frames[0].Dialect, Encoding.UTF8.GetString(frames[0].Envelope.Span)).ShouldBe(("weir", """{"ip":"::1"}"""));
        frames[0].ReceivedAt.ShouldBe(new DateTimeOffset(2026, 3, 1, 10, 59, 50, TimeSpan.Zero));
        (frames[1].FirstOrdinal, frames[1].Dialect, frames[1].Events.Single().Length).ShouldBe((2, "segment", 0));
        frames[1].ReceivedAt.ShouldBe(new DateTimeOffset(2026, 3, 1, 10, 59, 51, TimeSpan.Zero));
    }

    [Fact]
    public async Task Reading_begins_exactly_at_the_ordinal_asked_for()
    {
        using var bench = new JournalBench();
        await using var writer = await bench.OpenAsync();
        await JournalBench.AppendAsync(writer, "0", "1", "2");
        await JournalBench.AppendAsync(writer, "3", "4");
        for (var from = 0; from <= 5; from++)
            (await bench.ReadAllAsync(from)).ShouldBe(Enumerable.Range(from, 5 - from).Select(i => $"{i}"));
    }

    [Fact]
    public async Task A_journal_goes_on_after_it_was_closed()
    {
        using var bench = new JournalBench();
        AppendResult before, after;
        await using (var writer = await bench.OpenAsync()) before = await JournalBench.AppendAsync(writer, "a", "b");
        await using (var writer = await bench.OpenAsync()) after = await JournalBench.AppendAsync(writer, "c");
        after.ShouldBe(new(before.StreamId, 2));
        (await bench.ReadAllAsync()).ShouldBe(["a", "b", "c"]);
    }

    [Fact] // J1
    public async Task Each_source_has_its_own_stream_with_its_own_ordinals()
    {
        using var bench = new JournalBench();
        await using var writer = await bench.OpenAsync();
        var web = await writer.AppendAsync("web", "weir", JournalBench.Bytes("{}"), [JournalBench.Bytes("w")], default);
        var shop = await writer.AppendAsync("shop-2", "weir", JournalBench.Bytes("{}"), [JournalBench.Bytes("s")], default);
        (web.FirstOrdinal, shop.FirstOrdinal).ShouldBe((0, 0));
        shop.StreamId.ShouldNotBe(web.StreamId);
        JournalReader.OpenAll(bench.Data, bench.Disk, bench.Keys).Select(s => s.Source).ShouldBe(["shop-2", "web"]);
    }

    [Fact] // J2
    public async Task Concurrent_appenders_get_ordinals_without_gap_and_each_batch_stays_together()
    {
        using var bench = new JournalBench();
        await using var writer = await bench.OpenAsync();
        var batches = Enumerable.Range(0, 400).Select(i => Enumerable.Range(0, 1 + i % 7).Select(k => $"{i}/{k}").ToArray()).ToList();
        var results = await Task.WhenAll(batches.Select(b => Task.Run(() => JournalBench.AppendAsync(writer, b))));
        var read = await bench.ReadAllAsync();
        read.Count.ShouldBe(batches.Sum(b => b.Length));
        foreach (var (batch, result) in batches.Zip(results)) read.GetRange((int)result.FirstOrdinal, batch.Length).ShouldBe(batch);
    }
}
