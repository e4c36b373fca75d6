using System.Text;
using Weir.Journal;
using Weir.Storage;
using Weir.Tests.Storage;

namespace Weir.Tests.Journal;

public class EncryptionTests
{
    private static readonly DateOnly Day = new(2026, 3, 1);

    [Fact] // J10
    public async Task Nothing_that_was_sent_is_readable_on_the_disk()
    {
        using var bench = new JournalBench();
        await using (var writer = await bench.OpenAsync())
            await writer.AppendAsync("web", "segment", JournalBench.Bytes("""{"ip":"198.51.100.7"}"""), [JournalBench.Bytes("""{"email":"jane@example.com"}""")], default);
        foreach (var file in Directory.GetFiles(bench.Data, "*", SearchOption.AllDirectories))
        {
            var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            text.ShouldNotContain("jane");
            text.ShouldNotContain("198.51");
        }
    }

    [Fact] // J10, J11, WEIR2006
    public async Task With_its_key_a_day_is_deleted_and_the_error_says_so()
    {
        using var bench = new JournalBench();
        await using (var writer = await bench.OpenAsync())
        {
            await JournalBench.AppendAsync(writer, "a");
            bench.Time.Now += TimeSpan.FromDays(1);
            await JournalBench.AppendAsync(writer, "b");
        }
        bench.Keys.Destroy("web", Day);
        var error = await Should.ThrowAsync<WeirException>(() => bench.ReadAllAsync());
        error.Code.ShouldBe("WEIR2006");
        error.Message.ShouldContain("2026-03-01");
        (await bench.ReadAllAsync(from: 1)).ShouldBe(["b"]);
        bench.Reader().ReadReceived().Sum(r => r.Count).ShouldBe(2);

        bench.Keys.GetOrCreate("web", Day); // another key of that name
        (await Should.ThrowAsync<WeirException>(() => bench.ReadAllAsync())).Code.ShouldBe("WEIR2006");
    }

    [Fact] // J10
    public async Task The_same_event_never_looks_the_same_twice()
    {
        using var bench = new JournalBench();
        await using (var writer = await bench.OpenAsync(bench.Options with { SegmentBytes = 300 }))
            for (var i = 0; i < 6; i++) await JournalBench.AppendAsync(writer, new string('x', 64));
        var blocks = bench.Segments().SelectMany(s => File.ReadAllBytes(s)[150..].Chunk(16)).Where(c => c.Length == 16).Select(Convert.ToHexString).ToList();
        blocks.Distinct().Count().ShouldBe(blocks.Count);
    }

    [Fact] // J11
    public void A_key_is_made_once_is_private_and_can_be_destroyed()
    {
        using var folder = new TemporaryFolder();
        var keys = new KeyStore(LocalDisk.Instance, folder.Path);
        keys.TryGet("web", Day).ShouldBeNull();
        var made = Enumerable.Range(0, 16).AsParallel().Select(_ => new KeyStore(LocalDisk.Instance, folder.Path).GetOrCreate("web", Day)).ToList();
        made.ShouldAllBe(k => k.SequenceEqual(made[0]));
        made[0].Length.ShouldBe(32);
        keys.GetOrCreate("web", Day.AddDays(1)).ShouldNotBe(made[0]);
        keys.GetOrCreate("mobile", Day).ShouldNotBe(made[0]);
        var path = Path.Combine(folder.Path, "web", "2026-03-01.key");
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(Path.Combine(folder.Path, "web")).Length.ShouldBe(2);
        keys.Destroy("web", Day);
        keys.TryGet("web", Day).ShouldBeNull();
        File.Exists(path).ShouldBeFalse();
    }

    [Fact] // WEIR2006
    public void A_damaged_key_is_reported_and_not_replaced()
    {
        using var folder = new TemporaryFolder();
        var keys = new KeyStore(LocalDisk.Instance, folder.Path);
        keys.GetOrCreate("web", Day);
        File.WriteAllBytes(Path.Combine(folder.Path, "web", "2026-03-01.key"), [1, 2, 3]);
        Should.Throw<WeirException>(() => keys.GetOrCreate("web", Day)).Code.ShouldBe("WEIR2006");
    }

    [Fact] // WEIR2011
    public void Sealed_bytes_open_with_their_key_only_and_unchanged_only()
    {
        var key = new byte[32];
        using var sealer = new Sealer(key);
        byte[] plain = [.. "some bytes"u8];
        var box = sealer.Seal(plain);
        box.Length.ShouldBe(plain.Length + Sealer.Overhead);
        sealer.Open(box).ShouldBe(plain);
        sealer.Open(sealer.Seal([])).ShouldBeEmpty();
        sealer.Seal(plain).ShouldNotBe(box);
        for (var i = 0; i < box.Length; i++)
        {
            box[i] ^= 1;
            Should.Throw<WeirException>(() => sealer.Open(box)).Code.ShouldBe("WEIR2011");
            box[i] ^= 1;
        }
        key[0] = 1;
        using var other = new Sealer(key);
        Should.Throw<WeirException>(() => other.Open(box)).Code.ShouldBe("WEIR2011");
        Should.Throw<WeirException>(() => other.Open([1, 2])).Code.ShouldBe("WEIR2011");
    }
}
