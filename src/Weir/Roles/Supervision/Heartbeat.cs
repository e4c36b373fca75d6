using Weir.Leases;
using Weir.Storage;

namespace Weir.Roles.Supervision;

/// <summary>Watches a role's lease: how long its holder, one process, has not renewed it, by this process's own clock.</summary>
internal sealed class Heartbeat(string dataFolder, string lease, int processId, IDisk disk, TimeProvider time)
{
    // A machine, or a supervisor, that slept must not take its roles for dead: one look counts for this much at most.
    private static readonly TimeSpan MostPerLook = TimeSpan.FromSeconds(2);
    private (long Number, DateTime Renewed) seen;
    private long looked = time.GetTimestamp();
    private TimeSpan silence;

    /// <summary>How long it has been silent; zero if the lease is not its own.</summary>
    public TimeSpan Look()
    {
        var passed = time.GetElapsedTime(looked);
        looked = time.GetTimestamp();
        LeaseState? state;
        try
        {
            state = LeaseState.Read(dataFolder, lease, disk);
        }
        catch (IOException)
        {
            return silence;
        }
        if (state is null || state.IsReleased || state.ProcessId != processId || (state.Number, state.Renewed) != seen)
        {
            seen = state is null ? default : (state.Number, state.Renewed);
            return silence = TimeSpan.Zero;
        }
        return silence += passed < MostPerLook ? passed : MostPerLook;
    }
}
