using System.Collections.Concurrent;
using System.Text;
using Weir.Events;
using Weir.Journal.Kafka;

namespace Weir.Tests.Kafka;

/// <summary>A collector's writer under load, and the truth about what it acknowledged. Of a hundred events fifteen are copies of earlier ones; a batch that is refused is sent again, as clients do.</summary>
internal sealed class ChaosLoad(KafkaJournalWriter writer, int seed)
{
    private const int BatchSize = 100;
    private readonly Random random = new(seed);
    private readonly List<(Guid Id, string Text)> known = [];

    /// <summary>By id, what was acknowledged: user and client time.</summary>
    public ConcurrentDictionary<Guid, (string User, string Time)> Acknowledged { get; } = new();

    public long Sent { get; private set; }
    public long Copies { get; private set; }
    public long Refused { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var batch = Enumerable.Range(0, BatchSize).Select(_ => Next()).ToList();
            while (!await TryAsync(batch)) await Task.Delay(200, CancellationToken.None);
            foreach (var (id, user, time, _) in batch) Acknowledged[id] = (user, time);
            Sent += batch.Count;
            await Task.Delay(25, CancellationToken.None); // some 3,000 a second
        }
    }

    private async Task<bool> TryAsync(List<(Guid, string, string, string Text)> batch)
    {
        try
        {
            await writer.AppendAsync("web", Dialects.Weir, "{}"u8.ToArray(), [.. batch.Select(e => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(e.Text))], CancellationToken.None);
            return true;
        }
        catch (WeirException)
        {
            Refused++;
            return false;
        }
    }

    private (Guid Id, string User, string Time, string Text) Next()
    {
        if (known.Count > 0 && random.NextDouble() < 0.15)
        {
            var (id, text) = known[random.Next(known.Count)];
            Copies++;
            return Acknowledged.TryGetValue(id, out var known1) ? (id, known1.User, known1.Time, text) : Parse(id, text);
        }
        var bytes = new byte[16];
        random.NextBytes(bytes);
        var fresh = new Guid(bytes);
        var made = (Id: fresh, User: $"u{known.Count}", Time: TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss"));
        var json = $$"""{"event_id":"{{made.Id}}","event":"Load","timestamp":"{{made.Time}}Z","user_id":"{{made.User}}"}""";
        known.Add((fresh, json));
        return (made.Id, made.User, made.Time, json);
    }

    /// <summary>A copy within its own batch, not acknowledged yet.</summary>
    private static (Guid, string, string, string) Parse(Guid id, string text)
    {
        using var json = System.Text.Json.JsonDocument.Parse(text);
        return (id, json.RootElement.GetProperty("user_id").GetString()!, json.RootElement.GetProperty("timestamp").GetString()!.TrimEnd('Z'), text);
    }
}
