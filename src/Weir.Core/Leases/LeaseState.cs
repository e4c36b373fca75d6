using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Storage;

namespace Weir.Leases;

/// <summary>What a lease's file says: who took it, and when it was renewed last.</summary>
/// <param name="Id">Tells this taking from all others.</param>
/// <param name="Number">The fencing number: higher with every taking, never given twice.</param>
/// <param name="ProcessId">The holder.</param>
/// <param name="ProcessStart">When the holder began, see <see cref="ProcessIdentity"/>.</param>
/// <param name="Host">The holder's machine.</param>
/// <param name="Boot">The run of that machine.</param>
/// <param name="Taken">When it was taken.</param>
/// <param name="Duration">How long it holds without being renewed.</param>
public sealed record LeaseState(Guid Id, long Number, int ProcessId, long ProcessStart, string Host, string Boot, DateTimeOffset Taken, TimeSpan Duration)
{
    /// <summary>When it was renewed last: the file's time.</summary>
    [JsonIgnore]
    public DateTime Renewed { get; init; }

    /// <summary>Whether its holder gave it back.</summary>
    [JsonIgnore]
    public bool IsReleased => Renewed == DateTime.UnixEpoch;

    /// <summary>Whether its holder surely writes no more: it gave the lease back, or its process is gone.</summary>
    [JsonIgnore]
    public bool IsGone => IsReleased || (Host == ProcessIdentity.Host && (Boot != ProcessIdentity.Boot || ProcessIdentity.StartOf(ProcessId) != ProcessStart || IsForgotten));

    /// <summary>This process took it and does not hold it any more.</summary>
    private bool IsForgotten => ProcessId == Environment.ProcessId && !Lease.IsHeldHere(Id);

    /// <summary>Whether it was not renewed in time; its holder may still be there, paused or hung.</summary>
    public bool IsExpired(DateTimeOffset now) => now.UtcDateTime - Renewed > Duration;

    /// <summary>The newest of a name; null if it was never taken.</summary>
    public static LeaseState? Read(string dataFolder, string name, IDisk disk)
    {
        for (var attempt = 0; ; attempt++)
        {
            var taken = LeaseFolder.List(LeaseFolder.Of(dataFolder, name), disk);
            if (taken.Count == 0) return null;
            if (Read(taken[^1].Path, taken[^1].Number, disk) is { } state) return state;
            if (attempt == 3) return null; // taken again and again meanwhile
        }
    }

    /// <summary>Null if the file was cleaned away meanwhile.</summary>
    internal static LeaseState? Read(string path, long number, IDisk disk)
    {
        try
        {
            var renewed = File.GetLastWriteTimeUtc(path);
            using var file = disk.OpenRead(path);
            LeaseState? state = null;
            try
            {
                state = JsonSerializer.Deserialize<LeaseState>(file);
            }
            catch (JsonException)
            {
                // Nobody can tell whose it was: it holds until it expires.
            }
            state ??= new(default, number, 0, 0, "", "", default, Lease.DefaultDuration);
            return state with { Number = number, Renewed = renewed };
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>For people: who it is.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"process {ProcessId} on {Host}, lease number {Number}, renewed {Renewed:yyyy-MM-dd HH:mm:ss'Z'}");
}
