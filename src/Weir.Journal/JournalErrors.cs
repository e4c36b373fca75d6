namespace Weir.Journal;

/// <summary>The journal's messages to people, each with its code.</summary>
internal static class JournalErrors
{
    public const string Damaged = "WEIR2005";

    public static WeirException Locked(string data, string holder) => new("WEIR2001",
        $"Another process already writes the journal of '{data}': {holder}. One collector owns a data folder. Stop the other `weir up`, or name another folder with --data.");

    public static WeirException BudgetReached(long used, long asked, long budget) => new("WEIR2002",
        $"The journal is full: {used:n0} bytes wait to be landed, the batch needs {asked:n0} more, the limit is {budget:n0} (journal.disk_budget). Nothing was lost and nothing of this batch was taken. It goes on by itself once landing has caught up; or raise the limit.");

    public static WeirException AppendFailed(string source, string folder, Exception inner) => new("WEIR2003",
        $"The journal of source '{source}' could not be written in '{folder}': {inner.Message} Nothing acknowledged is lost, and what was being appended was not taken. Free space or repair the disk; appends go on by themselves.", inner);

    public static WeirException Closed() => new("WEIR2004",
        "The journal is closed: the collector is stopping. This batch was not taken; send it again.");

    public static WeirException LeaseLost(long number) => new("WEIR2004",
        $"Another collector has taken over the journal, for this one did not renew its lease (number {number}) in time; it was paused, or hung. This batch was not acknowledged; send it again.");

    public static WeirException Corrupt(JournalCorruption at) => new("WEIR2005",
        $"The journal of source '{at.Source}' (stream {at.StreamId}) is damaged: ordinals {at.FromOrdinal} to {at.ToOrdinal - 1} cannot be read, bytes {at.FromByte} to {at.ToByte - 1} of '{at.File}'. Nothing was cut. Landing of this stream waits here. Restore the file from a copy, or give the range up: weir journal drop-corrupt --stream {at.StreamId} --from {at.FromOrdinal} --to {at.ToOrdinal - 1} --plan");

    public static WeirException FileDamaged(string path, string why, Exception? inner = null) => new("WEIR2005",
        $"The journal's file '{path}' is damaged: {why} Nothing was changed. What it describes cannot be read until then: restore the file from a copy.", inner);

    public static WeirException KeyMissing(string source, DateOnly day, string path) => new("WEIR2006",
        $"The key of source '{source}' for {day:yyyy-MM-dd} is gone: '{path}' does not exist or is another key than the data was encrypted with. If it was destroyed on purpose, the data is deleted for good; otherwise restore the file from a copy.");

    public static WeirException KeyDamaged(string path, long length, int expected) => new("WEIR2006",
        $"The key '{path}' is damaged: it has {length} bytes instead of {expected}. Restore the file from a copy; without it the data of that source and day cannot be read.");

    public static WeirException NotHeld(string source, string stream, long ordinal, long first, long head) => new("WEIR2007",
        $"The journal of source '{source}' (stream {stream}) does not hold ordinal {ordinal}: it holds {first} up to {head - 1}. Before that, segments were removed after landing; beyond it, nothing was acknowledged. A position beyond the head means that journal and lake do not belong together.");

    public static WeirException UnknownFormat(string path, string found) => new("WEIR2008",
        $"'{path}' is not a file this version of Weir reads: {found}. Run the version that wrote it, or a newer one.");

    public static WeirException Busy(long queued, long limit) => new("WEIR2009",
        $"The journal's disk does not keep up: {queued:n0} bytes wait to be written, the limit is {limit:n0}. This batch was not taken; send it again in a moment.");

    public static WeirException TooLarge(long bytes, int limit) => new("WEIR2010",
        $"A batch of {bytes:n0} bytes is too large for one append; the limit is {limit:n0}. Send it in smaller batches.");

    public static WeirException NotDamaged(string source, string stream, long from, long to, string found) => new("WEIR2020",
        $"Ordinals {from} to {to - 1} of source '{source}' (stream {stream}) are not exactly a damaged part: {found}. Nothing was changed. Only what cannot be read can be given up, and only as a whole: name the range as the message of WEIR2005 does.");

    public static WeirException DroppedAlready(string stream, long from, long to) => new("WEIR2021",
        $"Ordinals {from} to {to - 1} of stream {stream} were given up already. Nothing was changed: land, and the account shows them as dropped.");

    public static WeirException NotAJournal(string stream, string source) => new("WEIR2022",
        $"Stream '{stream}' of source '{source}' is no stream of the journal: only the journal's damaged parts can be given up. Restore a loaded file's raw copy from a backup.");

    public static WeirException SealBroken(int length, Exception? inner) => new("WEIR2011",
        $"{length} sealed bytes do not open: they were changed, or were sealed with another key. Compare the key of that source and day with its copy.", inner);
}
