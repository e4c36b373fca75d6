using Weir.Journal;
using Weir.Journal.Format;
using Weir.Journal.Reading;
using Weir.Tests.Storage;

namespace Weir.Tests.Journal;

public class RecoveryTests
{
    /// <summary>A journal of three batches, left as a killed collector leaves it: no footer, and the head where the test wants it.</summary>
    private static async Task<(string Segment, long[] Ends)> LeaveAsync(JournalBench bench, long head, int batches = 3)
    {
        await using (var writer = await bench.OpenAsync())
            for (var i = 0; i < batches; i++)
                await JournalBench.AppendAsync(writer, $"{i}a", $"{i}b");
        var segment = bench.Segments().Single();
        var bytes = await File.ReadAllBytesAsync(segment);
        bytes = bytes[..^SegmentFooter.Length];
        await File.WriteAllBytesAsync(segment, bytes);
        using (var file = new HeadFile(bench.Disk, bench.StreamFolder, bench.Lease)) file.Rewrite(head);
        var ends = new List<long>();
        for (long at = SegmentHeader.TryRead(bytes, segment)!.Length; at < bytes.Length; at = ends[^1])
            ends.Add(at + FrameHeader.TryRead(bytes.AsSpan((int)at))!.Value.TotalLength);
        return (segment, [.. ends]);
    }

    [Fact] // J8
    public async Task A_torn_tail_is_cut_wherever_it_tears()
    {
        using var source = new JournalBench();
        var (segment, ends) = await LeaveAsync(source, head: 4);
        var whole = await File.ReadAllBytesAsync(segment);
        for (var length = ends[1]; length < ends[2]; length++)
        {
            await File.WriteAllBytesAsync(segment, whole[..(int)length]);
            foreach (var later in source.Segments().Skip(1)) File.Delete(later);
            using (var head = new HeadFile(source.Disk, source.StreamFolder, source.Lease)) head.Rewrite(4);
            await using (var writer = await source.OpenAsync())
            {
                writer.Damage.ShouldBeEmpty($"length {length}");
                (await JournalBench.AppendAsync(writer, "new")).FirstOrdinal.ShouldBe(4, $"length {length}");
            }
            (await source.ReadAllAsync()).ShouldBe(["0a", "0b", "1a", "1b", "new"], $"length {length}");
        }
    }

    [Fact] // J8
    public async Task A_footer_that_a_killed_writer_left_is_on_the_disk_before_its_segment_is_moved()
    {
        var moved = 0;
        for (var run = 0; run < 80; run++)
        {
            using var bench = new JournalBench();
            var disk = new TearingDisk(bench.Data, run, new TearingOptions());
            bench.Disk = disk;
            disk.FailPowerAfter(36 + (run % 8)); // about when the footer is synced
            try
            {
                await using var writer = await bench.OpenAsync();
                await JournalBench.AppendAsync(writer, "a");
            }
            catch (Exception e) when (e is WeirException or IOException) { }
            disk.Restart(); // the process was killed, the machine was not
            await using (var writer = await bench.OpenAsync()) await JournalBench.AppendAsync(writer, "b"); // in a segment of its own
            moved += JournalRaw.MoveLanded(bench.Reader(), bench.Reader().ReadHead(), keepRaw: true, lease: 1);
            var shown = await ReadRawAsync(bench);
            disk.FailPower();
            disk.PowerOn();
            (await ReadRawAsync(bench)).ShouldBe(shown, $"run {run}");
        }
        moved.ShouldBeGreaterThan(80);
    }

    private static async Task<List<string>> ReadRawAsync(JournalBench bench)
    {
        var segments = new List<string>();
        foreach (var path in Directory.GetFiles(bench.Data, "*.seg", SearchOption.AllDirectories).Order(StringComparer.Ordinal)) segments.Add(Convert.ToHexString(await File.ReadAllBytesAsync(path)));
        return segments;
    }

    [Fact] // J8
    public async Task Frames_that_were_written_but_not_acknowledged_go_on_if_they_are_whole()
    {
        using var bench = new JournalBench();
        await LeaveAsync(bench, head: 4);
        await using var writer = await bench.OpenAsync();
        (await JournalBench.AppendAsync(writer, "new")).FirstOrdinal.ShouldBe(6);
        (await bench.ReadAllAsync()).ShouldBe(["0a", "0b", "1a", "1b", "2a", "2b", "new"]);
    }

    [Theory] // J9, WEIR2005
    [InlineData(0)]  // the head is lost: the next frame proves that the damaged one was durable
    [InlineData(6)]
    public async Task A_flipped_bit_in_the_middle_is_reported_and_nothing_is_cut(long head)
    {
        using var bench = new JournalBench();
        var (segment, ends) = await LeaveAsync(bench, head);
        var before = await File.ReadAllBytesAsync(segment);
        for (var at = ends[0]; at < ends[1]; at += 7)
        {
            var damaged = before.ToArray();
            damaged[at] ^= 0x10;
            await File.WriteAllBytesAsync(segment, damaged);
            foreach (var later in bench.Segments().Skip(1)) File.Delete(later);
            using (var file = new HeadFile(bench.Disk, bench.StreamFolder, bench.Lease)) file.Rewrite(head);
            await using (var writer = await bench.OpenAsync())
            {
                writer.Damage.Single().ShouldBe(new(bench.Reader().Id, "web", segment, 2, 4, ends[0], ends[1]), $"byte {at}");
                (await JournalBench.AppendAsync(writer, "new")).FirstOrdinal.ShouldBe(6);
            }
            (await File.ReadAllBytesAsync(segment)).ShouldBe(damaged);
            var read = new List<string>();
            var error = await Should.ThrowAsync<WeirException>(async () =>
            {
                await foreach (var frame in bench.Reader().ReadAsync(0, default)) read.Add($"{frame.FirstOrdinal}+{frame.Events.Count}");
            });
            error.Code.ShouldBe("WEIR2005");
            error.Message.ShouldContain("ordinals 2 to 3 ");
            error.Message.ShouldContain($"bytes {ends[0]} to {ends[1] - 1} ");
            read.ShouldBe(["0+2"]);
            (await bench.ReadAllAsync(from: 4)).ShouldBe(["2a", "2b", "new"]);
        }
    }

    [Fact] // J9
    public async Task What_the_head_says_was_acknowledged_is_never_cut()
    {
        using var bench = new JournalBench();
        var (segment, ends) = await LeaveAsync(bench, head: 6);
        var whole = await File.ReadAllBytesAsync(segment);
        await File.WriteAllBytesAsync(segment, whole[..(int)(ends[2] - 1)]);
        await using var writer = await bench.OpenAsync();
        writer.Damage.Single().ShouldBe(new(bench.Reader().Id, "web", segment, 4, 6, ends[1], ends[2] - 1));
        (await JournalBench.AppendAsync(writer, "new")).FirstOrdinal.ShouldBe(6);
        new FileInfo(segment).Length.ShouldBe(ends[2] - 1);
    }

    [Theory] // J9, WEIR2005
    [InlineData(20)]  // in the header
    [InlineData(-30)] // in the last frame
    public async Task Damage_in_a_closed_segment_is_found_by_its_reader(int at)
    {
        using var bench = new JournalBench();
        await using (var writer = await bench.OpenAsync())
        {
            await JournalBench.AppendAsync(writer, "a");
            bench.Time.Now += TimeSpan.FromHours(1);
            await JournalBench.AppendAsync(writer, "b");
        }
        var segment = bench.Segments()[0];
        var bytes = await File.ReadAllBytesAsync(segment);
        bytes[at < 0 ? bytes.Length - SegmentFooter.Length + at : at] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes);
        var error = await Should.ThrowAsync<WeirException>(() => bench.ReadAllAsync());
        error.Code.ShouldBe("WEIR2005");
        error.Message.ShouldContain("ordinals 0 to 0 ");
        (await bench.ReadAllAsync(from: 1)).ShouldBe(["b"]);
    }

    [Theory] // J9, WEIR2005
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_missing_segment_is_damage_never_a_skip(int missing)
    {
        using var bench = new JournalBench();
        await using (var writer = await bench.OpenAsync())
            foreach (var text in new[] { "a", "b", "c" })
            {
                await JournalBench.AppendAsync(writer, text);
                bench.Time.Now += TimeSpan.FromHours(1);
            }
        File.Delete(bench.Segments()[missing]);
        (await Should.ThrowAsync<WeirException>(() => bench.ReadAllAsync())).Code.ShouldBe("WEIR2005");
        Should.Throw<WeirException>(() => bench.Reader().ReadReceived()).Code.ShouldBe("WEIR2005");
        await using var again = await bench.OpenAsync();
        (await JournalBench.AppendAsync(again, "new")).FirstOrdinal.ShouldBe(3);
    }

    [Fact] // J7
    public async Task A_reader_without_a_writer_recovers_a_head_that_lags()
    {
        using var bench = new JournalBench();
        await LeaveAsync(bench, head: 2);
        bench.Reader().ReadHead().ShouldBe(6);
    }

    [Fact] // J7
    public async Task Readers_see_only_up_to_the_head()
    {
        using var bench = new JournalBench();
        await using var writer = await bench.OpenAsync();
        await JournalBench.AppendAsync(writer, "a");
        var stream = bench.Reader();
        await JournalBench.AppendAsync(writer, "b");
        using (var head = new HeadFile(bench.Disk, bench.StreamFolder, bench.Lease)) head.Rewrite(1);
        (await JournalBench.ReadAllAsync(stream)).ShouldBe(["a"]);
        (await Should.ThrowAsync<WeirException>(() => JournalBench.ReadAllAsync(stream, 2))).Code.ShouldBe("WEIR2007");
    }

    [Fact] // J7
    public async Task A_torn_head_record_leaves_the_one_before()
    {
        using var folder = new TemporaryFolder();
        var path = folder["head-1"];
        using (var head = new HeadFile(Weir.Storage.LocalDisk.Instance, folder.Path, 1))
        {
            head.Rewrite(5);
            head.TryAdvance(9).ShouldBeTrue();
        }
        HeadFile.Read(Weir.Storage.LocalDisk.Instance, folder.Path).ShouldBe(9);
        var bytes = await File.ReadAllBytesAsync(path);
        for (var length = 16; length < 32; length++)
        {
            await File.WriteAllBytesAsync(path, bytes[..length]);
            HeadFile.Read(Weir.Storage.LocalDisk.Instance, folder.Path).ShouldBe(5);
        }
        for (var at = 16; at < 28; at++)
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 64;
            await File.WriteAllBytesAsync(path, damaged);
            HeadFile.Read(Weir.Storage.LocalDisk.Instance, folder.Path).ShouldBe(5);
        }
        bytes.AsSpan(16).Clear();
        await File.WriteAllBytesAsync(path, bytes);
        HeadFile.Read(Weir.Storage.LocalDisk.Instance, folder.Path).ShouldBe(5);
    }

    [Fact] // WEIR2008
    public async Task A_format_of_a_later_version_is_refused_by_name()
    {
        using var bench = new JournalBench();
        await using (var writer = await bench.OpenAsync()) await JournalBench.AppendAsync(writer, "a");
        var identity = Path.Combine(bench.StreamFolder, "stream.json");
        await File.WriteAllTextAsync(identity, (await File.ReadAllTextAsync(identity)).Replace("\"format\":1", "\"format\":2", StringComparison.Ordinal));
        var error = await Should.ThrowAsync<WeirException>(() => bench.OpenAsync());
        error.Code.ShouldBe("WEIR2008");
        error.Message.ShouldContain(identity);
    }
}
