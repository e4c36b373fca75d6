using System.Collections.Concurrent;
using Weir.Journal;
using Weir.Tests.Leases;
using Weir.Tests.Storage;

namespace Weir.Tests.Journal;

/// <summary>A collector that is stopped anywhere, taken over from, and goes on: nothing it says is untrue, and nothing of the other's is touched.</summary>
public class ZombieTests
{
    private const int Points = 75;

    [Theory] // J12, J16, J17, J18
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_writer_that_goes_on_after_it_was_taken_over_harms_nothing_wherever_it_was_held(int takeovers)
    {
        var held = 0;
        for (var point = 1; point <= Points; point++)
        {
            using var bench = new JournalBench();
            await using (var first = await bench.OpenAsync()) await JournalBench.AppendAsync(first, "before");
            var acknowledged = new ConcurrentDictionary<string, long> { ["before"] = 0 };

            var disk = new PausingDisk(point);
            var zombie = Task.Run(() => LiveAsync(bench, disk, acknowledged));
            if (await Task.WhenAny(disk.Reached, zombie) == zombie)
            {
                await zombie;
                break; // it has fewer changes than this
            }
            held++;
            // The one that takes over is itself stopped, where this is the second round, after it wrote.
            var writers = new List<JournalWriter>();
            for (var i = 0; i < takeovers; i++)
            {
                Zombies.Pause(bench.Data, JournalWriter.LeaseName);
                var writer = await bench.OpenAsync();
                writer.Damage.ShouldBeEmpty($"held at change {point}");
                writers.Add(writer);
                if (point % 2 == 0) await AppendAsync(writer, $"other {i}", acknowledged);
            }
            disk.GoOn();
            await zombie;
            await AppendAsync(writers[^1], "after", acknowledged);
            (await Should.ThrowAsync<WeirException>(() => takeovers == 1 ? throw new WeirException("WEIR2004", "") : JournalBench.AppendAsync(writers[0], "passed"))).Code.ShouldBe("WEIR2004");
            await CheckAsync(bench, acknowledged, $"held at change {point}, read beside the writer");
            foreach (var writer in writers) await writer.DisposeAsync();
            await using (var reopened = await bench.OpenAsync())
            {
                reopened.Damage.ShouldBeEmpty($"held at change {point}");
                await AppendAsync(reopened, "at last", acknowledged);
            }
            await CheckAsync(bench, acknowledged, $"held at change {point}, opened again");
        }
        held.ShouldBeGreaterThan(30);
    }

    /// <summary>Opening with recovery, a stream's birth, an open segment, segments that are full, and closing.</summary>
    private static async Task LiveAsync(JournalBench bench, PausingDisk disk, ConcurrentDictionary<string, long> acknowledged)
    {
        try
        {
            await using var writer = await JournalWriter.OpenAsync(bench.Options with { SegmentBytes = 400 }, disk, bench.Time);
            for (var i = 0; i < 4; i++) await AppendAsync(writer, $"zombie {i}", acknowledged);
            await writer.AppendAsync("born", "weir", JournalBench.Bytes("{}"), [JournalBench.Bytes("first")], CancellationToken.None);
        }
        catch (WeirException e) when (e.Code is "WEIR2001" or "WEIR2003" or "WEIR2004")
        {
            // It may fail in any way, but not lie.
        }
    }

    private static async Task AppendAsync(JournalWriter writer, string text, ConcurrentDictionary<string, long> acknowledged) =>
        acknowledged[text] = (await JournalBench.AppendAsync(writer, text)).FirstOrdinal;

    private static async Task CheckAsync(JournalBench bench, ConcurrentDictionary<string, long> acknowledged, string when)
    {
        var all = await bench.ReadAllAsync();
        foreach (var (text, ordinal) in acknowledged)
        {
            (all.Count > ordinal ? all[(int)ordinal] : "nothing").ShouldBe(text, $"{when}: {string.Join(", ", all)}");
        }
        ChainCheck.Find(bench).ShouldBeNull(when);
    }
}
