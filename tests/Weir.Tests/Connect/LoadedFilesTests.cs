using Weir.Connect;
using Weir.Tests.Storage;
using static Weir.Tests.Connect.IntakeFolder;

namespace Weir.Tests.Connect;

public sealed class LoadedFilesTests : IDisposable
{
    private readonly IntakeFolder folder = new();
    private readonly HookedDisk disk = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Only_manifests_that_changed_are_read_again_and_streams_stay_the_same()
    {
        var files = new LoadedFiles(folder.Data, disk, folder.Keys());
        files.Open().ShouldBeEmpty();
        folder.Write("f.ndjson", "1\n");
        var f = (await folder.TakeAsync("f.ndjson")).StreamId;
        folder.Write("g.ndjson", "2\n");
        await folder.TakeAsync("g.ndjson");
        var first = files.Open();
        first.Count.ShouldBe(2);
        disk.Read.Count.ShouldBe(2);
        files.Open().ShouldBe(first);
        foreach (var stream in first) (stream.ReadHead(), stream.ReadReceived().Count).ShouldBe((1, 1));
        disk.Read.Count.ShouldBe(2);

        folder.Append("f.ndjson", "3\n");
        await folder.TakeAsync("f.ndjson");
        var grown = first.Single(s => s.Id == f);
        grown.ReadHead().ShouldBe(2); // without being opened again
        disk.Read.Count.ShouldBe(3);
        files.Open().ShouldBe(first);
        grown.ReadReceived().Sum(r => r.Count).ShouldBe(2);
        disk.Read.Count.ShouldBe(3);
        (await RecordsAsync(grown)).ShouldBe(["1", "3"]);
    }

    [Fact]
    public async Task A_manifest_that_is_gone_takes_its_stream_away()
    {
        folder.Write("f.ndjson", "1\n");
        await folder.TakeAsync("f.ndjson");
        var files = new LoadedFiles(folder.Data, disk, folder.Keys());
        var stream = files.Open().ShouldHaveSingleItem();
        File.Delete(folder.RawFiles("*.json").Single());
        files.Open().ShouldBeEmpty();
        Should.Throw<WeirException>(() => stream.ReadHead()).Code.ShouldBe("WEIR4011");
    }
}
