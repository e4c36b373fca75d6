using System.Collections.Concurrent;
using System.Text.Json;
using Weir.Storage;

namespace Weir.Leases;

/// <summary>
/// The right to write something, of one process at a time, with a fencing number: a file that is made if absent, whose time its holder renews.
/// One whose holder is gone, or gave it back, can be taken at once; one that was not renewed in time too, though its holder may only be paused.
/// So whoever writes under a lease asks <see cref="IsCurrent"/> after a write is durable and before anybody is told of it.
/// </summary>
public sealed class Lease : IDisposable
{
    /// <summary>How long a lease holds without being renewed, unless it is said otherwise.</summary>
    public static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(10);

    private static readonly ConcurrentDictionary<Guid, bool> HeldHere = new();
    private readonly IDisk disk;
    private readonly string path;
    private readonly string next;
    private readonly TimeProvider time;
    private readonly ITimer renewal;
    private readonly Lock gate = new();
    private readonly CancellationTokenSource lost = new();
    private readonly Guid id;
    private bool released;

    private Lease(string folder, Guid id, long number, IDisk disk, TimeSpan duration, TimeProvider time, bool othersMayWrite)
    {
        (Number, this.id, this.disk, this.time, EarlierMayLive) = (number, id, disk, time, othersMayWrite);
        (path, next) = (LeaseFolder.PathOf(folder, number), LeaseFolder.PathOf(folder, number + 1));
        renewal = time.CreateTimer(_ => Renew(), null, duration / 4, duration / 4);
    }

    /// <summary>The fencing number.</summary>
    public long Number { get; }

    /// <summary>Whether an earlier holder may still be there, paused in the middle of something.</summary>
    public bool EarlierMayLive { get; }

    /// <summary>Cancelled once it is seen that somebody else took it: what its holder still does counts for nothing.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>Whether nobody has taken it since. Two looks at the file system.</summary>
    /// <exception cref="IOException">It cannot be told: then it must not be relied on.</exception>
    public bool IsCurrent
    {
        get
        {
            // A number is cleaned away only after all lower ones: as long as this one is there, so is the one that took its place.
            if (!disk.Exists(next) && disk.Exists(path)) return true;
            _ = lost.CancelAsync(); // not here: this is the writer's own thread
            return false;
        }
    }

    /// <summary>Takes a lease; null if another holds it. The number is durable when this returns.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="name">What is to be written: <c>collect</c>, <c>land</c>, <c>serve</c>.</param>
    /// <param name="disk">The file system.</param>
    /// <param name="duration">How long it is to hold without being renewed.</param>
    /// <param name="orExpired">Whether it may be taken from a holder that may still be there and did not renew it in time.</param>
    /// <param name="time">The true time, even where receive times are another's; null: the system's.</param>
    public static Lease? TryTake(string dataFolder, string name, IDisk disk, TimeSpan duration, bool orExpired = true, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        var folder = LeaseFolder.Of(dataFolder, name);
        disk.CreateFolder(folder);
        var earlier = LeaseFolder.List(folder, disk);
        var number = earlier.Count == 0 ? 1 : earlier[^1].Number + 1;
        if (earlier.Count > 0)
        {
            if (LeaseState.Read(earlier[^1].Path, earlier[^1].Number, disk) is not { } current) return null; // somebody is faster
            if (!current.IsGone && !(orExpired && current.IsExpired(time.GetUtcNow()))) return null;
        }
        var state = new LeaseState(Guid.NewGuid(), number, Environment.ProcessId, ProcessIdentity.Start, ProcessIdentity.Host, ProcessIdentity.Boot, time.GetUtcNow(), duration);
        Lease? lease = null;
        HeldHere[state.Id] = true; // before it can be seen, so that this process does not take it for forgotten
        try
        {
            if (TryMake(LeaseFolder.PathOf(folder, number), state, disk))
                lease = new Lease(folder, state.Id, number, disk, duration, time, Clean(earlier, disk));
            return lease;
        }
        finally
        {
            if (lease is null) HeldHere.TryRemove(state.Id, out _);
        }
    }

    /// <summary>
    /// Takes a lease, and waits for it as long as its holder is silent: one that ends gives it back in a moment, one that hangs loses it in its
    /// time. Null if it is renewed meanwhile, and so in use.
    /// </summary>
    public static async Task<Lease?> TakeAsync(string dataFolder, string name, IDisk disk, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        LeaseState? first = null;
        while (true)
        {
            if (TryTake(dataFolder, name, disk, duration) is { } lease) return lease;
            var holder = LeaseState.Read(dataFolder, name, disk);
            if (first is null || holder is null || holder.Number != first.Number) first = holder;
            else if (holder.Renewed > first.Renewed) return null;
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    internal static bool IsHeldHere(Guid id) => HeldHere.ContainsKey(id);

    private static bool TryMake(string path, LeaseState state, IDisk disk)
    {
        var temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        using (var file = disk.Create(temporary))
        {
            file.Append(JsonSerializer.SerializeToUtf8Bytes(state));
            file.Sync();
        }
        File.SetLastWriteTimeUtc(temporary, state.Taken.UtcDateTime); // before it can be seen: a later change is a renewal
        var mine = disk.TryLink(temporary, path);
        disk.Delete(temporary);
        if (mine) disk.SyncFolder(Path.GetDirectoryName(path)!);
        return mine;
    }

    /// <summary>Removes the numbers of holders that are gone, the lowest first and up to the first that may be there; whether one may.</summary>
    private static bool Clean(IReadOnlyList<(long Number, string Path)> earlier, IDisk disk)
    {
        foreach (var (number, path) in earlier)
        {
            if (LeaseState.Read(path, number, disk) is { IsGone: false }) return true;
            disk.Delete(path);
        }
        return false;
    }

    private void Renew()
    {
        try
        {
            var current = IsCurrent;
            lock (gate)
                if (current && !released) SetTime(time.GetUtcNow().UtcDateTime);
        }
        catch (IOException)
        {
            // Tried again at the next turn.
        }
    }

    // The file's time and not its content: what was cleaned away must not come back.
    private void SetTime(DateTime at)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, at);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Taken over and cleaned away: IsCurrent says so.
        }
    }

    /// <summary>Gives it back.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (released) return;
            released = true;
            renewal.Dispose();
            SetTime(DateTime.UnixEpoch);
        }
        HeldHere.TryRemove(id, out _);
    }
}
