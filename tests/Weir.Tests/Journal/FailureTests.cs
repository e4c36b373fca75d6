using Weir.Journal;
using Weir.Journal.Format;
using Weir.Storage;
using Weir.Tests.Storage;

namespace Weir.Tests.Journal;

public class FailureTests
{
    [Theory] // J5, WEIR2003
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(700)]
    public async Task A_full_disk_loses_nothing_acknowledged_and_appends_go_on_with_room(long room)
    {
        var disk = new FaultyDisk();
        using var bench = new JournalBench(disk);
        await using (var writer = await bench.OpenAsync())
        {
            await JournalBench.AppendAsync(writer, "a", "b");
            disk.Room = room;
            (await Should.ThrowAsync<WeirException>(() => JournalBench.AppendAsync(writer, new string('x', 1000)))).Code.ShouldBe("WEIR2003");
            disk.Room = long.MaxValue;
            (await JournalBench.AppendAsync(writer, "c")).FirstOrdinal.ShouldBe(2);
            (await bench.ReadAllAsync()).ShouldBe(["a", "b", "c"]);
        }
        bench.Segments().Length.ShouldBe(1);
        ChainCheck.Find(bench).ShouldBeNull();
    }

    [Fact] // J10
    public async Task A_frame_that_was_cut_does_not_give_its_nonce_back()
    {
        var disk = new FaultyDisk();
        using var bench = new JournalBench(disk);
        await using (var writer = await bench.OpenAsync())
        {
            await JournalBench.AppendAsync(writer, "a");
            disk.Room = 10;
            await Should.ThrowAsync<WeirException>(() => JournalBench.AppendAsync(writer, "b"));
            disk.Room = long.MaxValue;
            await JournalBench.AppendAsync(writer, "c");
        }
        var bytes = await File.ReadAllBytesAsync(bench.Segments().Single());
        var first = SegmentHeader.TryRead(bytes, "")!.Length;
        var frame = FrameHeader.TryRead(bytes.AsSpan(first))!.Value;
        var next = FrameHeader.TryRead(bytes.AsSpan(first + (int)frame.TotalLength))!.Value;
        (frame.Nonce, next.Nonce).ShouldBe((0u, 2u));
    }

    [Theory] // J5, J6, WEIR2003
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task After_a_failed_sync_the_segment_is_never_written_again(bool fromThenOn, bool truncate)
    {
        var disk = new FaultyDisk();
        using var bench = new JournalBench(disk);
        await using (var writer = await bench.OpenAsync())
        {
            await JournalBench.AppendAsync(writer, "a");
            (disk.FailNextSync, disk.FailSync, disk.FailTruncate) = (true, fromThenOn, truncate);
            (await Should.ThrowAsync<WeirException>(() => JournalBench.AppendAsync(writer, "lost"))).Code.ShouldBe("WEIR2003");
            (disk.FailSync, disk.FailTruncate) = (false, false);
            var length = new FileInfo(bench.Segments()[0]).Length;
            (await JournalBench.AppendAsync(writer, "b")).FirstOrdinal.ShouldBe(1);
            new FileInfo(bench.Segments()[0]).Length.ShouldBe(length);
            (await bench.ReadAllAsync()).ShouldBe(["a", "b"]);
        }
        bench.Segments().Length.ShouldBe(2);
        (await bench.ReadAllAsync()).ShouldBe(["a", "b"]);
        ChainCheck.Find(bench).ShouldBeNull();
    }

    [Fact] // J7
    public async Task An_opening_that_cannot_put_right_a_head_that_a_power_failure_took_back_fails()
    {
        var disk = new HeadlessDisk();
        using var bench = new JournalBench(disk);
        await using (var writer = await bench.OpenAsync()) await JournalBench.AppendAsync(writer, "a");
        disk.Refuses = true;
        await using (await bench.OpenAsync()) bench.Reader().ReadHead().ShouldBe(1); // the one there is will do
        foreach (var head in Directory.GetFiles(bench.StreamFolder, "head-*")) File.WriteAllBytes(head, []);
        (await Should.ThrowAsync<WeirException>(() => bench.OpenAsync())).Code.ShouldBe("WEIR2003");
        disk.Refuses = false;
        await using (await bench.OpenAsync()) bench.Reader().ReadHead().ShouldBe(1);
    }

    [Fact] // J5
    public async Task A_cut_that_fails_closes_the_segment_and_what_it_left_is_not_read()
    {
        var disk = new FaultyDisk();
        using var bench = new JournalBench(disk);
        await using var writer = await bench.OpenAsync();
        await JournalBench.AppendAsync(writer, "a");
        (disk.Room, disk.FailTruncate) = (100, true);
        await Should.ThrowAsync<WeirException>(() => JournalBench.AppendAsync(writer, new string('x', 1000)));
        (disk.Room, disk.FailTruncate) = (long.MaxValue, false);
        await JournalBench.AppendAsync(writer, "b");
        bench.Segments().Length.ShouldBe(2);
        (await bench.ReadAllAsync()).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task A_failing_stream_does_not_stop_another_that_is_not_yet_born()
    {
        var disk = new FaultyDisk();
        using var bench = new JournalBench(disk);
        await using var writer = await bench.OpenAsync();
        disk.FailSync = true;
        (await Should.ThrowAsync<WeirException>(() => JournalBench.AppendAsync(writer, "a"))).Code.ShouldBe("WEIR2003");
        disk.FailSync = false;
        (await JournalBench.AppendAsync(writer, "b")).FirstOrdinal.ShouldBe(0);
        (await bench.ReadAllAsync()).ShouldBe(["b"]);
    }

    [Fact] // J12, WEIR2001
    public async Task Two_writers_on_one_folder_are_refused()
    {
        using var bench = new JournalBench();
        await using (await bench.OpenAsync())
        {
            var error = await Should.ThrowAsync<WeirException>(() => bench.OpenAsync());
            error.Code.ShouldBe("WEIR2001");
            error.Message.ShouldContain(bench.Data);
        }
        await using var after = await bench.OpenAsync();
    }

    [Fact] // J12
    public async Task An_opening_that_failed_gives_the_lease_back()
    {
        var disk = new HookedDisk();
        using var bench = new JournalBench(disk);
        await (await bench.OpenAsync()).DisposeAsync();
        Directory.CreateDirectory(bench.StreamFolder);
        disk.BeforeList = () => disk.BeforeList = () => throw new IOException("Input/output error."); // first the lease's folder, then the stream's
        await Should.ThrowAsync<IOException>(() => bench.OpenAsync());
        await (await bench.OpenAsync()).DisposeAsync();
    }

    [Fact] // WEIR2004
    public async Task A_closed_writer_refuses()
    {
        using var bench = new JournalBench();
        var writer = await bench.OpenAsync();
        await JournalBench.AppendAsync(writer, "a");
        await writer.DisposeAsync();
        (await Should.ThrowAsync<WeirException>(() => JournalBench.AppendAsync(writer, "b"))).Code.ShouldBe("WEIR2004");
    }

    [Fact] // J13, WEIR2002
    public async Task The_disk_budget_refuses_before_anything_is_lost_and_recovers_when_landing_catches_up()
    {
        using var bench = new JournalBench();
        await using var writer = await bench.OpenAsync(bench.Options with { DiskBudget = 10_000 });
        var text = new string('x', 3_000);
        for (var i = 0; i < 3; i++) await JournalBench.AppendAsync(writer, text);
        var error = await Should.ThrowAsync<WeirException>(() => JournalBench.AppendAsync(writer, text));
        error.Code.ShouldBe("WEIR2002");
        error.Message.ShouldContain("10,000");
        writer.IsFull.ShouldBeTrue();

        var stream = bench.Reader();
        stream.ReadHead().ShouldBe(3);
        // The writer closes its segment by itself, so that it can be moved.
        await Wait.UntilAsync(() => JournalRaw.MoveLanded(stream, 3, keepRaw: false, lease: 1) == 1);
        await Wait.UntilAsync(() => JournalBench.AppendAsync(writer, text).ContinueWith(t => t.IsCompletedSuccessfully, TaskScheduler.Default).Result);
        writer.IsFull.ShouldBeFalse();
        (await JournalBench.ReadAllAsync(stream, 3)).Count.ShouldBe(1);
    }

    [Fact] // WEIR2009
    public async Task What_waits_for_the_disk_is_bounded()
    {
        using var slow = new SlowDisk();
        using var bench = new JournalBench(slow);
        await using var writer = await bench.OpenAsync(bench.Options with { QueueBytes = 5_000 });
        await JournalBench.AppendAsync(writer, "first");
        slow.Hold();
        var waiting = Enumerable.Range(0, 4).Select(_ => JournalBench.AppendAsync(writer, new string('x', 1_000))).ToList();
        (await Should.ThrowAsync<WeirException>(() => JournalBench.AppendAsync(writer, new string('x', 1_000)))).Code.ShouldBe("WEIR2009");
        slow.Release();
        await Task.WhenAll(waiting);
        (await bench.ReadAllAsync()).Count.ShouldBe(5);
    }

    [Fact] // WEIR2010
    public async Task A_batch_beyond_the_frame_limit_is_refused()
    {
        using var bench = new JournalBench();
        await using var writer = await bench.OpenAsync();
        var large = new byte[JournalWriter.MaxBatchBytes];
        (await Should.ThrowAsync<WeirException>(() => writer.AppendAsync("web", "weir", JournalBench.Bytes("{}"), [large], default))).Code.ShouldBe("WEIR2010");
    }

    [Fact] // J6
    public async Task An_append_completes_only_after_the_sync()
    {
        using var slow = new SlowDisk();
        using var bench = new JournalBench(slow);
        await using var writer = await bench.OpenAsync();
        await JournalBench.AppendAsync(writer, "a");
        var before = slow.Syncs;
        slow.Hold();
        var pending = Enumerable.Range(0, 50).Select(i => JournalBench.AppendAsync(writer, $"{i}")).ToList();
        try
        {
            await Task.WhenAny(slow.Reached, Task.WhenAll(pending));
            await Task.Delay(50);
            pending.ShouldAllBe(t => !t.IsCompleted);
            bench.Reader().ReadHead().ShouldBe(1);
        }
        finally
        {
            slow.Release(); // the writer's end syncs too
        }
        await Task.WhenAll(pending);
        bench.Reader().ReadHead().ShouldBe(51);
        (slow.Syncs - before).ShouldBeLessThan(5); // all that waited shared one
    }

    private sealed class HeadlessDisk : PassingDisk
    {
        public bool Refuses { get; set; }

        public override IDiskFile Create(string path) =>
            Refuses && Path.GetFileName(path).StartsWith("head-", StringComparison.Ordinal) ? throw new IOException("No space left on device.") : base.Create(path);
    }
}
