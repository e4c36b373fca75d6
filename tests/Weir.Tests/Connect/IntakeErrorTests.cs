using Weir.Connect;
using Weir.Connect.Files;
using Weir.Storage;
using Weir.Tests.Storage;
using static Weir.Tests.Connect.IntakeFolder;

namespace Weir.Tests.Connect;

public sealed class IntakeErrorTests : IDisposable
{
    private readonly IntakeFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public Task A_file_that_is_not_there_is_WEIR4001() => Refused("WEIR4001", "none.csv");

    [Fact]
    public Task A_file_that_may_not_be_read_is_WEIR4002()
    {
        folder.Write("f.ndjson", "1\n");
        return Refused("WEIR4002", "f.ndjson", disk: new RefusingDisk(new UnauthorizedAccessException("Access denied.")));
    }

    [Theory]
    [InlineData("\na\n")]
    [InlineData("\"a\n1\n")]
    [InlineData("a\"b,c\n1\n")]
    [InlineData("a,b,a\n1,2,3\n")]
    public Task A_header_that_names_no_columns_is_WEIR4003(string text)
    {
        folder.Write("f.csv", text);
        return Refused("WEIR4003", "f.csv", isCsv: true);
    }

    [Fact]
    public async Task A_compressed_file_that_was_cut_or_spoilt_is_WEIR4004()
    {
        var whole = Gzip(string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i}\n")));
        var spoilt = whole.ToArray();
        spoilt[^6] ^= 1;
        byte[][] files = [whole[..^1], whole[..^8], whole[..(whole.Length / 2)], whole[..5], [.. whole, 1, 2, 3], [.. whole, .. whole[..^4]], spoilt, [.. "not gzip at all, but text"u8]];
        foreach (var (bytes, i) in files.Select((f, i) => (f, i)))
        {
            folder.Write($"{i}.ndjson.gz", bytes);
            await Refused("WEIR4004", $"{i}.ndjson.gz");
            folder.Write($"{i}.csv.gz", bytes);
            await Refused("WEIR4004", $"{i}.csv.gz", isCsv: true);
        }
    }

    [Fact]
    public async Task Waiting_for_another_process_ends_with_WEIR4007()
    {
        folder.Write("f.ndjson", "1\n");
        folder.Clock.IsImpatient = true;
        Directory.CreateDirectory(Path.Combine(folder.Data, "run"));
        using (File.Open(Path.Combine(folder.Data, "run", "intake.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None)) await Refused("WEIR4007", "f.ndjson");
        (await folder.TakeAsync("f.ndjson")).Outcome.ShouldBe(IntakeOutcome.Taken);
    }

    [Fact]
    public async Task A_record_beyond_the_limit_is_WEIR4008()
    {
        var bytes = new MemoryStream("ab\n\"abc\nde\"\n"u8.ToArray());
        var error = await Should.ThrowAsync<WeirException>(() => PartCount.ReadAsync(bytes, "f.csv", false, true, PartEnd.Line, default, longest: 7));
        error.Code.ShouldBe("WEIR4008");
        error.Message.ShouldContain("line 2 of 'f.csv' is 8 bytes");
    }

    [Fact]
    public async Task Records_that_are_not_as_many_as_were_counted_are_WEIR4009() // R6
    {
        folder.Write("f.ndjson", "1\n2\n3\n");
        await folder.TakeAsync("f.ndjson");
        foreach (var records in (string[])["2", "4"])
        {
            var manifest = folder.RawFiles("*.json").Single();
            var text = File.ReadAllText(manifest);
            File.WriteAllText(manifest, text.Replace("\"records\": 3", $"\"records\": {records}"));
            (await Should.ThrowAsync<WeirException>(() => RecordsAsync(folder.Stream()))).Code.ShouldBe("WEIR4009");
            File.WriteAllText(manifest, text);
        }
    }

    [Fact]
    public async Task An_ordinal_that_a_stream_does_not_hold_is_WEIR4010()
    {
        folder.Write("f.ndjson", "1\n");
        await folder.TakeAsync("f.ndjson");
        (await Should.ThrowAsync<WeirException>(() => FramesAsync(folder.Stream(), 2))).Code.ShouldBe("WEIR4010");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"source\":")]
    public async Task A_damaged_manifest_is_WEIR4011_and_only_its_file_waits(string text)
    {
        folder.Write("f.ndjson", "1\n");
        var hurt = (await folder.TakeAsync("f.ndjson")).StreamId;
        var manifest = folder.RawFiles("*.json").Single();
        var whole = await File.ReadAllTextAsync(manifest);
        folder.Write("g.ndjson", "2\n");
        await folder.TakeAsync("g.ndjson");
        await File.WriteAllTextAsync(manifest, text);

        var streams = folder.Open().OpenAll();
        streams.Count.ShouldBe(2);
        (await RecordsAsync(streams.Single(s => s.Id != hurt))).ShouldBe(["2"]);
        var faulty = streams.Single(s => s.Id == hurt);
        faulty.Source.ShouldBe("lines");
        Should.Throw<WeirException>(() => faulty.ReadHead()).Code.ShouldBe("WEIR4011");
        Should.Throw<WeirException>(() => faulty.ReadReceived()).Code.ShouldBe("WEIR4011");
        var error = await Should.ThrowAsync<WeirException>(() => RecordsAsync(faulty));
        error.Code.ShouldBe("WEIR4011");
        error.Message.ShouldContain(manifest);

        await File.WriteAllTextAsync(manifest, whole);
        (await RecordsAsync(faulty)).ShouldBe(["1"]);
    }

    [Fact]
    public Task A_failing_disk_is_WEIR4012()
    {
        folder.Write("f.ndjson", "1\n");
        return Refused("WEIR4012", "f.ndjson", disk: new RefusingDisk(new IOException("No space left on device.")));
    }

    private async Task Refused(string code, string name, bool isCsv = false, IDisk? disk = null)
    {
        var path = Path.Combine(folder.Drop, name);
        var error = await Should.ThrowAsync<WeirException>(() => folder.Open(disk: disk).TakeAsync(isCsv ? Csv : Lines, path, TestContext.Current.CancellationToken), name);
        error.Code.ShouldBe(code, $"{name}: {error.Message}");
        folder.Open().OpenAll().ShouldBeEmpty();
        folder.RawFiles("*.raw*").ShouldBeEmpty("nothing is left of what was refused");
    }

    /// <summary>Refuses to open files that were dropped.</summary>
    private sealed class RefusingDisk(Exception exception) : PassingDisk
    {
        public override FileStream OpenRead(string path) => path.Contains("drop") ? throw exception : base.OpenRead(path);

    }
}
