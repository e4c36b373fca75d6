using Weir.Journal;

namespace Weir.Tests.Journal;

public sealed class UnknownStreamTests : IDisposable
{
    private readonly JournalBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact] // J20, WEIR2005
    public async Task A_damaged_stream_json_stops_its_own_stream_only()
    {
        string id;
        await using (var writer = await bench.OpenAsync())
        {
            id = (await JournalBench.AppendAsync(writer, "a")).StreamId;
            await writer.AppendAsync("mobile", "weir", JournalBench.Bytes("{}"), [JournalBench.Bytes("b")], default);
        }
        var identity = Path.Combine(bench.StreamFolder, "stream.json");
        await File.WriteAllTextAsync(identity, "{");

        var streams = new JournalStreams(bench.Data, bench.Disk, bench.Keys).Open();
        streams.Select(s => s.Source).ShouldBe(["mobile", "web"]);
        (await JournalBench.ReadAllAsync(streams[0])).ShouldBe(["b"]);
        streams[1].Id.ShouldBe(id); // its segments say it
        Should.Throw<WeirException>(() => streams[1].ReadHead()).ShouldSatisfyAllConditions(e => e.Code.ShouldBe("WEIR2005"), e => e.Message.ShouldContain(identity));

        await using (var writer = await bench.OpenAsync())
        {
            writer.Refused.Keys.ShouldBe(["web"]);
            (await writer.AppendAsync("mobile", "weir", JournalBench.Bytes("{}"), [JournalBench.Bytes("c")], default)).FirstOrdinal.ShouldBe(1);
            (await Should.ThrowAsync<WeirException>(() => JournalBench.AppendAsync(writer, "d"))).Code.ShouldBe("WEIR2005");
        }
        (await File.ReadAllTextAsync(identity)).ShouldBe("{"); // no new stream was born over it
    }
}
