using Weir.Events;

namespace Weir.Land.Replay;

/// <summary>The codes of replaying; each has a page in <c>docs/errors/</c>.</summary>
internal static class ReplayErrors
{
    public static WeirException IsLocked(string dataFolder, string holder) => new("WEIR5040",
        $"Cannot replay in '{dataFolder}': another process gives events another fate ({holder}). One does so at a time; wait for it or stop it. Nothing was changed by this one.");

    public static WeirException CannotLock(string dataFolder, Exception cause) => new("WEIR5040",
        $"Cannot replay in '{dataFolder}': its lease in run/leases/{Replayer.LeaseName} cannot be taken: {cause.Message} Check the folder's space and permissions.", cause);

    public static WeirException LeaseLost(long number) => new("WEIR5040",
        $"Another process has taken over, for this replay did not renew its lease (number {number}) in time; it was paused, or hung. What it had committed stands; give the command again.");

    public static WeirException RawNotKept(IEventStream stream, long from, long to, long first) => new("WEIR5041",
        $"Raw of source '{stream.Source}' cannot be replayed: of the positions {from} to {to - 1} that stream '{stream.Id}' received in this time, those before {first} were removed after landing. "
        + "Nothing was changed. To keep raw from now on say 'retention: {raw: 30d}' for this environment in weir.yml; what lies in quarantine can be replayed without raw: weir replay --quarantine.");
}
