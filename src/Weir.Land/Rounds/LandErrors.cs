using Weir.Events;
using Weir.Lake;

namespace Weir.Land.Rounds;

/// <summary>The codes of this stage; each has a page in <c>docs/errors/</c>.</summary>
internal static class LandErrors
{
    /// <summary>Another process lands into the data folder.</summary>
    public const string Locked = "WEIR5001";
    /// <summary>The ledger is ahead of a stream.</summary>
    public const string BeyondHead = "WEIR5002";
    /// <summary>The events decided are not the events received.</summary>
    public const string CountsDiffer = "WEIR5003";
    /// <summary>A stream of a source that the project does not declare.</summary>
    public const string UnknownSource = "WEIR5004";
    /// <summary>The remembered ids cannot be read back even after they were made anew.</summary>
    public const string DedupeUnreadable = "WEIR5005";
    /// <summary>A stream's frames are not consecutive.</summary>
    public const string FrameGap = "WEIR5006";
    /// <summary>The system cannot read a stream's files.</summary>
    public const string Unreadable = "WEIR5007";
    /// <summary>Landed segments of a stream cannot be moved out of the journal.</summary>
    public const string NotMoved = "WEIR5008";

    /// <summary>A topic's retention deleted events before they landed.</summary>
    public const string Lost = "WEIR5009";

    public static StreamProblem IsLost(LedgerRow row) => new(row.Stream, row.Source, row.To, Lost,
        $"Events of source '{row.Source}' are lost: Kafka acknowledged them, and deleted them by the topic's retention before they landed. Offsets {row.DroppedRuns} of stream '{row.Stream}', accounted as dropped: lost in the hour {row.Hour:yyyy-MM-dd HH}:00 UTC. "
        + "Landing went on behind them. Raise the topic's retention, and see that landing keeps up: weir lag");

    public static WeirException IsLocked(string dataFolder, string holder) => new(Locked,
        $"Cannot land into '{dataFolder}': another process lands ({holder}). One process lands into a data folder; wait for it or stop it.");

    public static WeirException CannotLock(string dataFolder, Exception cause) => new(Locked,
        $"Cannot land into '{dataFolder}': its lease in run/leases/land cannot be taken: {cause.Message} Check the folder's space and permissions.", cause);

    public static WeirException LeaseLost(long number) => new(Locked,
        $"Another lander has taken over, for this one did not renew its lease (number {number}) in time; it was paused, or hung. What it was about to commit is landed by the other.");

    /// <summary>Whether an exception concerns a stream's files: that stream waits, the others go on.</summary>
    public static bool IsOfFiles(Exception e) => e is WeirException or IOException or UnauthorizedAccessException;

    /// <summary>What the system says of a stream's files, told like any other reason for a stream to wait.</summary>
    public static WeirException CannotRead(IEventStream stream, Exception cause) => cause as WeirException ?? new(Unreadable,
        $"Stream '{stream.Id}' of source '{stream.Source}' cannot be read: {cause.Message} Its landing waits; the others go on. Repair the disk, or the access to the file; then land again.", cause);

    public static WeirException WitnessDamaged(string path, string why, Exception? cause) => new("WEIR5020",
        $"The witness '{path}' is damaged: {why} No event is touched by it. Restore it from a copy; or delete it, and what was acknowledged until now can only be proven against the journal itself.", cause);

    public static WeirException LakeMoves(int attempts) => new("WEIR5021",
        $"The lake's files were replaced {attempts} times while the account was being verified, each time before they could be read. Nothing is wrong with the data. Run it again, or with --source or --from and --to, which reads less.");

    public static WeirException CannotMove(IEventStream stream, Exception cause) => new(NotMoved,
        $"Landed segments of stream '{stream.Id}' of source '{stream.Source}' cannot be moved out of the journal: {cause.Message} What landed stands; each landing tries again. "
        + "Until then they fill the journal's disk budget: repair what the message names.", cause);
}
