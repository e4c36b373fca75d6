using Weir.Events;
using Weir.Journal;
using Weir.Tests.Storage;

namespace Weir.Tests.Journal;

/// <summary>A lander that moves or removes segments, beside readers and after damage.</summary>
public sealed class LanderBesideTests : IDisposable
{
    private readonly JournalBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory] // J14
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_damaged_segment_in_raw_does_not_keep_later_ones_in_the_journal(bool keepRaw)
    {
        await WriteHoursAsync(4);
        JournalRaw.MoveLanded(bench.Reader(), 2, keepRaw: true, lease: 1).ShouldBe(1);
        Damage(RawSegments().Single());
        JournalRaw.MoveLanded(bench.Reader(), 8, keepRaw, lease: 1).ShouldBe(keepRaw ? 3 : 4);
        bench.Segments().ShouldBeEmpty();
        RawSegments().Length.ShouldBe(keepRaw ? 4 : 0);
        if (!keepRaw) bench.Reader().ReadReceived().Sum(r => r.Count).ShouldBe(8);
    }

    [Fact]
    public async Task A_damaged_segment_in_the_journal_stays_and_later_ones_are_kept_in_raw()
    {
        await WriteHoursAsync(3);
        Damage(bench.Segments()[0]);
        JournalRaw.MoveLanded(bench.Reader(), 6, keepRaw: true, lease: 1).ShouldBe(2);
        bench.Segments().Select(s => Path.GetFileName(s)).ShouldBe(["00000000000000000000-1.seg"]);
    }

    [Fact]
    public async Task Moving_to_raw_does_not_look_at_what_raw_holds()
    {
        await WriteHoursAsync(4);
        JournalRaw.MoveLanded(bench.Reader(), 4, keepRaw: true, lease: 1).ShouldBe(2);
        var disk = new HookedDisk();
        var stream = Reader(disk);
        disk.Listed.Clear();
        disk.Read.Clear();
        JournalRaw.MoveLanded(stream, 6, keepRaw: true, lease: 1).ShouldBe(1);
        disk.Listed.ShouldAllBe(f => f == bench.StreamFolder);
        disk.Read.ShouldNotContain(p => p.Contains("hour="));
    }

    [Fact] // J14
    public async Task Received_is_whole_when_segments_are_removed_between_the_note_and_the_listing()
    {
        await WriteHoursAsync(4);
        var disk = new HookedDisk { Pattern = "*.seg" };
        var stream = Reader(disk);
        disk.BeforeList = () => JournalRaw.MoveLanded(bench.Reader(), 4, keepRaw: false, lease: 1).ShouldBe(2);
        stream.ReadReceived().Select(r => (r.FirstOrdinal, r.Count)).ShouldBe([(0, 2), (2, 2), (4, 2), (6, 2)]);
        disk.BeforeList = () => JournalRaw.MoveLanded(bench.Reader(), 8, keepRaw: false, lease: 1).ShouldBe(2); // nothing is left
        stream.ReadReceived().Sum(r => r.Count).ShouldBe(8);
    }

    [Fact] // WEIR2007
    public async Task What_was_removed_between_the_note_and_the_listing_is_no_longer_held_and_not_damaged()
    {
        await WriteHoursAsync(4);
        var disk = new HookedDisk { Pattern = "*.seg" };
        var stream = Reader(disk);
        disk.BeforeList = () => JournalRaw.MoveLanded(bench.Reader(), 4, keepRaw: false, lease: 1);
        (await Should.ThrowAsync<WeirException>(() => JournalBench.ReadAllAsync(stream, 2))).Code.ShouldBe("WEIR2007");
    }

    [Fact] // WEIR2005
    public async Task A_segment_that_is_gone_without_a_note_is_still_damage()
    {
        await WriteHoursAsync(3);
        var stream = bench.Reader();
        File.Delete(bench.Segments()[0]);
        Should.Throw<WeirException>(() => stream.ReadReceived()).Code.ShouldBe("WEIR2005");
        (await Should.ThrowAsync<WeirException>(() => JournalBench.ReadAllAsync(stream))).Code.ShouldBe("WEIR2005");
    }

    [Fact] // J14
    public async Task A_lander_that_was_taken_over_from_takes_no_note_away()
    {
        await WriteHoursAsync(5);
        JournalRaw.MoveLanded(bench.Reader(), 4, keepRaw: false, lease: 1).ShouldBe(2);
        var late = await File.ReadAllTextAsync(Note(1));
        JournalRaw.MoveLanded(bench.Reader(), 8, keepRaw: false, lease: 2).ShouldBe(2);
        File.Exists(Note(1)).ShouldBeFalse();
        // Paused before it wrote its note, and continued: it says what it knew.
        await File.WriteAllTextAsync(Note(1), late);
        Removed().ShouldBe([(0, 2), (2, 2), (4, 2), (6, 2), (8, 2)]);
        (await JournalBench.ReadAllAsync(bench.Reader(), 8)).ShouldBe(["4a", "4b"]);
    }

    [Fact] // J14
    public async Task Reading_the_notes_while_they_pass_from_one_lander_to_the_next_misses_none()
    {
        await WriteHoursAsync(4);
        JournalRaw.MoveLanded(bench.Reader(), 4, keepRaw: false, lease: 1).ShouldBe(2);
        var disk = new HookedDisk { Pattern = "removed-*.json", AfterList = () => JournalRaw.MoveLanded(bench.Reader(), 8, keepRaw: false, lease: 2).ShouldBe(2) };
        Reader(disk).ReadReceived().Select(r => (r.FirstOrdinal, r.Count)).ShouldBe([(0, 2), (2, 2), (4, 2), (6, 2)]);
        disk.AfterList.ShouldBeNull();
    }

    [Fact] // J14
    public async Task Reading_the_notes_between_the_one_that_comes_and_the_one_that_goes_misses_none()
    {
        await WriteHoursAsync(4);
        JournalRaw.MoveLanded(bench.Reader(), 4, keepRaw: false, lease: 1).ShouldBe(2);
        var disk = new HookedDisk { Pattern = "removed-*.json" };
        var reader = Reader(disk);
        disk.Misses = true;
        reader.ReadFirst().ShouldBe(4);
        disk.Misses.ShouldBeFalse();
    }

    private string Note(int lease) => Path.Combine(bench.StreamFolder, $"removed-{lease}.json");

    private IEnumerable<(long, long)> Removed() => bench.Reader().ReadReceived().Select(r => (r.FirstOrdinal, r.Count));

    private IEventStream Reader(HookedDisk disk) => JournalReader.OpenAll(bench.Data, disk, bench.Keys).Single();

    /// <summary>A closed segment an hour, two events in each.</summary>
    private async Task WriteHoursAsync(int hours)
    {
        await using var writer = await bench.OpenAsync();
        for (var i = 0; i < hours; i++)
        {
            await JournalBench.AppendAsync(writer, $"{i}a", $"{i}b");
            bench.Time.Now += TimeSpan.FromHours(1);
        }
    }

    private string[] RawSegments() => Directory.GetFiles(Path.Combine(bench.Data, "raw"), "*.seg", SearchOption.AllDirectories);

    private static void Damage(string segment)
    {
        var bytes = File.ReadAllBytes(segment);
        bytes[20] ^= 1;
        File.WriteAllBytes(segment, bytes);
    }
}
