using System.Text.Json;
using Weir.Land;
using Weir.Storage;
using Weir.Tests.Land.Landing;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Verifying;

public sealed class WitnessTests : IDisposable
{
    private readonly VerifyBench bench = new();

    public void Dispose() => bench.Dispose();

    private string FileOf(string stream) => Path.Combine(bench.Land.LakeFolder, "_witness", $"{stream.Replace('/', '-')}.json");

    private long Head(string stream) => JsonDocument.Parse(File.ReadAllText(FileOf(stream))).RootElement.GetProperty("head").GetInt64();

    [Fact] // G8
    public void A_witness_never_goes_back()
    {
        var web = new MemoryEventStream("file/1", "web").Append(At("2026-03-01T10:00:00"), "a", "b").Append(At("2026-03-01T10:00:00"), "c");
        var witness = new Witness(bench.Land.LakeFolder, LocalDisk.Instance, bench.Time);
        witness.Write([web]);
        Head("file/1").ShouldBe(3);
        web.LoseFrom(1);
        witness.Write([web]);
        Head("file/1").ShouldBe(3);
        web.Append(At("2026-03-01T10:00:00"), "d", "e");
        witness.Write([web]);
        Head("file/1").ShouldBe(4);
    }

    [Fact]
    public void It_is_written_once_a_minute_however_often_it_is_asked()
    {
        var web = new MemoryEventStream("aaaa", "web").Append(At("2026-03-01T10:00:00"), "a");
        var witness = new Witness(bench.Land.LakeFolder, LocalDisk.Instance, bench.Time);
        witness.WriteIfDue([web]);
        web.Append(At("2026-03-01T10:00:00"), "b");
        bench.Time.Now += TimeSpan.FromSeconds(59);
        witness.WriteIfDue([web]);
        Head("aaaa").ShouldBe(1);
        bench.Time.Now += TimeSpan.FromSeconds(1);
        witness.WriteIfDue([web]);
        Head("aaaa").ShouldBe(2);
    }

    [Fact]
    public void A_stream_that_cannot_be_read_keeps_its_witness_and_holds_up_no_other()
    {
        var web = new MemoryEventStream("aaaa", "web").Append(At("2026-03-01T10:00:00"), "a");
        var mobile = new MemoryEventStream("bbbb", "mobile").Append(At("2026-03-01T10:00:00"), "a");
        var witness = new Witness(bench.Land.LakeFolder, LocalDisk.Instance, bench.Time);
        witness.Write([web, mobile]);
        web.HeadFault = _ => new IOException("Input/output error.");
        mobile.Append(At("2026-03-01T10:00:00"), "b");
        witness.Write([web, mobile]);
        (Head("aaaa"), Head("bbbb")).ShouldBe((1, 2));
    }

    [Fact]
    public async Task It_holds_the_chains_hash_where_the_journal_shows_it()
    {
        await bench.ReceiveThreeHoursAsync();
        bench.Witness();
        var mark = JsonDocument.Parse(await File.ReadAllTextAsync(FileOf(bench.Id()))).RootElement.GetProperty("mark");
        mark.GetProperty("ordinal").GetInt64().ShouldBe(9);
        var footer = (await File.ReadAllBytesAsync(bench.Segments()[2]))[^68..]; // see docs/formats/journal.md
        mark.GetProperty("hash").GetString().ShouldBe(Convert.ToHexStringLower(footer.AsSpan(32, 32)));

        // Another hash: these are not the events that were acknowledged.
        var text = await File.ReadAllTextAsync(FileOf(bench.Id()));
        await File.WriteAllTextAsync(FileOf(bench.Id()), text.Replace(mark.GetProperty("hash").GetString()!, new string('b', 64), StringComparison.Ordinal));
        (await bench.VerifyAsync()).Faults.ShouldHaveSingleItem().What.ShouldContain("not the ones that were acknowledged");
    }

    [Fact]
    public void A_disk_that_refuses_fails_nobody()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(bench.Land.LakeFolder).FullName, "_witness"), "a file is in the way");
        var web = new MemoryEventStream("aaaa", "web").Append(At("2026-03-01T10:00:00"), "a");
        new Witness(bench.Land.LakeFolder, LocalDisk.Instance, bench.Time).Write([web]);
    }
}
