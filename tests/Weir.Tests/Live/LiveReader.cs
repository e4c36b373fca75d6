using System.Diagnostics;
using System.Text.Json;

namespace Weir.Tests.Live;

/// <summary>Watches the tap, and measures from the beginning of an event's request to its message.</summary>
/// <param name="warmup">What began within this time is shown, but not measured.</param>
internal sealed class LiveReader(TimeSpan warmup)
{
    private readonly long begun = Stopwatch.GetTimestamp();
    private long measured;

    private readonly long[] milliseconds = new long[60_001]; // by latency; the last: longer

    public long Events { get; private set; }

    public long Fates { get; private set; }

    /// <summary>Events and fates that were left out, as the tap itself counts them.</summary>
    public (long Events, long Fates) Skipped { get; private set; }

    /// <summary>Messages that say that something was left out, after the warm-up.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>The same while warming up.</summary>
    public List<string> LeftOutBefore { get; } = [];

    public async Task RunAsync(Stream answer, CancellationToken stop)
    {
        using var lines = new StreamReader(answer, bufferSize: 1 << 16);
        var type = "";
        try
        {
            while (await lines.ReadLineAsync(stop) is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal)) type = line;
                if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
                switch (type)
                {
                    case "event: event": Note(line); break;
                    case "event: fate": Fates++; break;
                    case "event: hello": break;
                    default: NoteLeftOut(type[7..], line[6..]); break;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>The latency that a share of the events does not exceed.</summary>
    public int Latency(double share)
    {
        var left = (long)Math.Ceiling(measured * share);
        for (var at = 0; at < milliseconds.Length; at++)
            if ((left -= milliseconds[at]) <= 0) return at;
        return milliseconds.Length;
    }

    private void Note(string line)
    {
        const string Began = "\"began\":";
        var text = line.AsSpan(line.IndexOf(Began, StringComparison.Ordinal) + Began.Length);
        var began = long.Parse(text[..text.IndexOf(',')]);
        Events++;
        if (Stopwatch.GetElapsedTime(begun, began) < warmup) return;
        measured++;
        milliseconds[(int)Math.Min(Stopwatch.GetElapsedTime(began).TotalMilliseconds, milliseconds.Length - 1)]++;
    }

    private void NoteLeftOut(string type, string json)
    {
        (Stopwatch.GetElapsedTime(begun) < warmup ? LeftOutBefore : LeftOut).Add($"{type} {json}");
        if (type != "gap") return;
        using var gap = JsonDocument.Parse(json);
        Skipped = (Skipped.Events + gap.RootElement.GetProperty("events").GetInt64(), Skipped.Fates + gap.RootElement.GetProperty("fates").GetInt64());
    }
}
