using System.Collections.Concurrent;
using System.Globalization;
using Weir.Journal;
using Weir.Tests.Storage;

namespace Weir.Tests.Journal;

/// <summary>
/// Appends, reads and moves segments on a disk whose power fails at a random operation, several times, and compares what the journal holds
/// afterwards with what it acknowledged and showed before. Everything random comes from the seed, but for the order of threads.
/// </summary>
public sealed class CrashHarness(int seed, TearingOptions tearing)
{
    private readonly Random random = new(seed);
    private readonly ConcurrentDictionary<long, string> known = []; // acknowledged, or shown to a reader
    private long landed;

    /// <summary>What went wrong, in words; null if nothing did.</summary>
    public async Task<string?> RunAsync()
    {
        using var bench = new JournalBench();
        var disk = new TearingDisk(bench.Data, seed, tearing);
        bench.Disk = disk;
        for (var round = 0; round < 4; round++)
        {
            disk.FaultRate = tearing.FaultRate;
            disk.FailPowerAfter(random.Next(1, 400));
            await UseAsync(bench, disk, round);
            disk.FailPower();
            if (random.Next(3) == 0) disk.Restart();
            else disk.PowerOn();
            disk.FaultRate = 0;
            try
            {
                if (await CheckAsync(bench) is { } fault) return $"after crash {round}: {fault}";
            }
            catch (Exception e) when (e is not NotSupportedException)
            {
                return $"after crash {round}: {e}";
            }
        }
        return null;
    }

    private async Task UseAsync(JournalBench bench, TearingDisk disk, int round)
    {
        try
        {
            await using var writer = await bench.OpenAsync(bench.Options with { SegmentBytes = random.Next(500, 20_000) });
            var appenders = Enumerable.Range(0, 3).Select(a => AppendAsync(writer, disk, round, a, new Random(random.Next()))).ToList();
            var reading = Task.Run(() => ReadAndMoveAsync(bench, disk, new Random(random.Next())));
            while (!disk.IsOff && !appenders.All(a => a.IsCompleted))
            {
                bench.Time.Now += TimeSpan.FromMinutes(random.Next(-5, 20));
                await Task.Delay(1);
            }
            await Task.WhenAll(appenders);
            await reading;
        }
        catch (WeirException e) when (e.Code == "WEIR2003")
        {
            // the power failed while it opened
        }
        catch (IOException)
        {
            // likewise
        }
    }

    private async Task AppendAsync(JournalWriter writer, TearingDisk disk, int round, int appender, Random own)
    {
        for (var i = 0; i < 200 && !disk.IsOff; i++)
        {
            string[] events = [.. Enumerable.Range(0, own.Next(1, 5)).Select(k => $"{round}/{appender}/{i}/{k} {new string('x', own.Next(200))}")];
            try
            {
                var result = await JournalBench.AppendAsync(writer, events);
                for (var k = 0; k < events.Length; k++) Know(result.FirstOrdinal + k, events[k]);
            }
            catch (WeirException e) when (e.Code == "WEIR2003")
            {
                // not acknowledged: it may be there or not, but never twice
            }
        }
    }

    private async Task ReadAndMoveAsync(JournalBench bench, TearingDisk disk, Random own)
    {
        var keepRaw = seed % 3 != 0;
        while (!disk.IsOff)
        {
            try
            {
                if (!File.Exists(Path.Combine(bench.StreamFolder, "stream.json"))) continue;
                var stream = bench.Reader();
                var at = landed;
                foreach (var text in await JournalBench.ReadAllAsync(stream, at)) Know(at++, text);
                var upto = own.NextInt64(landed, at + 1);
                landed = upto; // decided before anything is removed
                JournalRaw.MoveLanded(stream, upto, keepRaw, lease: 1);
            }
            catch (IOException)
            {
                // the power failed, or a fault was planted
            }
            await Task.Delay(1);
        }
    }

    private async Task<string?> CheckAsync(JournalBench bench)
    {
        if (!File.Exists(Path.Combine(bench.StreamFolder, "stream.json"))) return known.IsEmpty ? null : "the stream is gone";
        if (random.Next(2) == 0) await (await bench.OpenAsync()).DisposeAsync(); // else the reader recovers by itself
        var stream = bench.Reader();
        var received = stream.ReadReceived();
        var head = stream.ReadHead();
        if (received.Sum(r => r.Count) != head) return $"received {received.Sum(r => r.Count)}, head {head}";
        var first = Math.Min(landed, head);
        var texts = await JournalBench.ReadAllAsync(stream, first);
        if (first + texts.Count != head) return $"read up to {first + texts.Count}, head {head}";
        if (texts.Distinct().Count() != texts.Count) return "an event is there twice";
        for (var i = 0; i < texts.Count; i++) Know(first + i, texts[i]); // shown now, and so for ever
        foreach (var (ordinal, text) in known)
        {
            if (ordinal >= head) return string.Create(CultureInfo.InvariantCulture, $"event {ordinal} was acknowledged, the head is {head}");
            if (ordinal >= first && texts[(int)(ordinal - first)] != text) return $"event {ordinal} is another one";
        }
        return ChainCheck.Find(bench);
    }

    private void Know(long ordinal, string text)
    {
        if (known.GetOrAdd(ordinal, text) != text) throw new InvalidOperationException($"Ordinal {ordinal} was given twice (seed {seed}).");
    }
}
