using Weir.Journal;
using Weir.Tests.Storage;

namespace Weir.Tests.Journal;

public sealed class JournalStreamsTests : IDisposable
{
    private readonly JournalBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_stream_that_was_given_out_is_given_out_again_and_sees_what_is_appended()
    {
        var streams = new JournalStreams(bench.Data, bench.Disk, bench.Keys);
        streams.Open().ShouldBeEmpty();
        await using var writer = await bench.OpenAsync();
        await JournalBench.AppendAsync(writer, "a");
        var web = streams.Open().ShouldHaveSingleItem();
        await JournalBench.AppendAsync(writer, "b");
        await writer.AppendAsync("shop-2", "weir", JournalBench.Bytes("{}"), [JournalBench.Bytes("c")], default);
        var both = streams.Open();
        both.Select(s => s.Source).ShouldBe(["shop-2", "web"]);
        both[1].ShouldBeSameAs(web);
        web.ReadHead().ShouldBe(2);
        (await JournalBench.ReadAllAsync(web)).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task A_journal_that_was_begun_anew_is_another_stream()
    {
        var streams = new JournalStreams(bench.Data, bench.Disk, bench.Keys);
        await using (var writer = await bench.OpenAsync()) await JournalBench.AppendAsync(writer, "old", "older");
        var old = streams.Open().Single();
        (await JournalBench.ReadAllAsync(old)).Count.ShouldBe(2);
        Directory.Delete(bench.StreamFolder, recursive: true);
        await using (var writer = await bench.OpenAsync()) await JournalBench.AppendAsync(writer, "new");
        var anew = streams.Open().Single();
        anew.Id.ShouldNotBe(old.Id);
        (await JournalBench.ReadAllAsync(anew)).ShouldBe(["new"]);
    }

    [Fact]
    public async Task Opening_again_does_not_look_at_what_raw_holds()
    {
        await using var writer = await bench.OpenAsync();
        for (var i = 0; i < 3; i++)
        {
            await JournalBench.AppendAsync(writer, "a");
            bench.Time.Now += TimeSpan.FromHours(1);
        }
        JournalRaw.MoveLanded(bench.Reader(), 2, keepRaw: true, lease: 1).ShouldBe(2);
        var disk = new HookedDisk();
        var streams = new JournalStreams(bench.Data, disk, bench.Keys);
        streams.Open();
        disk.Listed.ShouldContain(f => f.Contains("hour="));
        disk.Listed.Clear();
        streams.Open();
        disk.Listed.ShouldNotContain(f => f.Contains("hour="));
    }

    [Fact]
    public async Task Many_threads_are_given_one_stream()
    {
        await using (var writer = await bench.OpenAsync()) await JournalBench.AppendAsync(writer, "a");
        var streams = new JournalStreams(bench.Data, bench.Disk, bench.Keys);
        var given = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => streams.Open().Single())));
        given.Distinct().ShouldHaveSingleItem();
    }
}
