using System.Diagnostics;

namespace Weir.Tests.Live;

/// <summary>Watches the tap, and measures from the beginning of an event's request to its message.</summary>
internal sealed class LiveReader
{
    private readonly long[] milliseconds = new long[60_001]; // by latency; the last: longer

    public long Events { get; private set; }

    public long Fates { get; private set; }

    /// <summary>Messages that say that something was left out.</summary>
    public List<string> LeftOut { get; } = [];

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
                    default: LeftOut.Add($"{type[7..]} {line[6..]}"); break;
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
        var left = (long)Math.Ceiling(Events * share);
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
        milliseconds[(int)Math.Min(Stopwatch.GetElapsedTime(began).TotalMilliseconds, milliseconds.Length - 1)]++;
    }
}
