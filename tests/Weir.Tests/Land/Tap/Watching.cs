using System.Text.Json;
using Weir.Events;
using Weir.Lake;
using Weir.Land.Tap;
using Weir.Storage;
using Weir.Tests.Land.Landing;

namespace Weir.Tests.Land.Tap;

/// <summary>A data folder, its streams in memory, and a tap on them.</summary>
internal sealed class Watching : IAsyncDisposable
{
    private readonly LakeStore lake;
    private readonly List<IEventStream> streams = [];

    public Watching(TapOptions? options = null, IDisk? disk = null)
    {
        lake = Land.OpenLake(disk);
        Tap = new LiveTap(() => { lock (streams) { Looks++; return [.. streams]; } }, lake, Land.Sources, TimeProvider.System, (options ?? new TapOptions()) with { Poll = TimeSpan.FromMilliseconds(5) });
    }

    public LandFixture Land { get; } = new();

    public LiveTap Tap { get; }

    /// <summary>How often the tap asked which streams there are.</summary>
    public int Looks { get; private set; }

    public MemoryEventStream Add(MemoryEventStream stream)
    {
        lock (streams) streams.Add(stream);
        return stream;
    }

    public Task<Watcher> WatchAsync(string? source = null, string? name = null, string? user = null, params string[] where) =>
        Watcher.StartAsync(Tap, new TapFilter(source, name, user, [.. where.Select(w => TapCondition.TryParse(w).ShouldNotBeNull(w))]));

    public async ValueTask DisposeAsync()
    {
        await Tap.DisposeAsync();
        lake.Dispose();
        Land.Dispose();
    }
}

/// <summary>One who watches.</summary>
internal sealed class Watcher : IAsyncDisposable
{
    private readonly TapSubscription subscription;

    private Watcher(TapSubscription subscription) => this.subscription = subscription;

    public static async Task<Watcher> StartAsync(LiveTap tap, TapFilter filter) => new(await tap.SubscribeAsync(filter, CancellationToken.None));

    /// <summary>The next message.</summary>
    public async Task<(string Type, JsonElement Json)> NextAsync()
    {
        TapMessage message;
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!subscription.TryRead(out message)) (await subscription.WaitAsync(late.Token)).ShouldBeTrue();
        return (message.Type, JsonDocument.Parse(message.Json).RootElement);
    }

    /// <summary>The next ones, in few words: <c>event web 3</c>, <c>fate web 3 landed</c>.</summary>
    public async Task<IReadOnlyList<string>> NextAsync(int count)
    {
        var all = new List<string>();
        while (all.Count < count)
        {
            var (type, json) = await NextAsync();
            all.Add(type switch
            {
                "event" => $"event {json.GetProperty("source")} {json.GetProperty("position")}",
                "fate" => $"fate {json.GetProperty("source")} {json.GetProperty("position")} {json.GetProperty("fate")}" + (json.TryGetProperty("reason", out var reason) ? $" {reason}" : ""),
                _ => $"{type} {json}",
            });
        }
        return all;
    }

    public ValueTask DisposeAsync() => subscription.DisposeAsync();
}
