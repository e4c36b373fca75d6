namespace Weir.Land.Erasure;

/// <summary>The codes of erasure; each has a page in <c>docs/errors/</c>.</summary>
internal static class ErasureErrors
{
    public static WeirException Busy(string dataFolder) => new("WEIR5050",
        $"Another erasure or replay is at work in '{dataFolder}', and there is one of them at a time. Wait until it has ended, and run this again; nothing was changed.");

    public static WeirException SecretGone(string file, string why) => new("WEIR5051",
        $"The tombstone '{file}' was made with another secret than is there now: {why}. Without it nobody can tell whose events must not land again, so none lands; what was received waits. Restore keys/secret.key from a copy.");

    public static WeirException Damaged(string file, string why) => new("WEIR5052",
        $"The tombstone '{file}' cannot be read: {why} Nothing lands without it; what was received waits. Restore it from a copy, or delete it and run 'weir erase' with the same ids again.");
}
