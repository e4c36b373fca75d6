namespace Weir.Connect;

/// <summary>Every way in which file intake cannot do its duty.</summary>
internal static class ConnectErrors
{
    public static WeirException NotFound(string path) =>
        new("WEIR4001", $"There is no file '{path}'. Check the name, or the source's `files` in weir.yml.");

    public static WeirException Unreadable(string path, Exception cause) =>
        new("WEIR4002", $"The file '{path}' cannot be read: {cause.Message} Nothing of it was taken. Give the user that runs weir the right to read it.", cause);

    public static WeirException BadHeader(string path, string why) =>
        new("WEIR4003", $"The first line of '{path}' is not a CSV header: {why}. Nothing of it was taken. Mend the line, or declare the source's `format: ndjson`.");

    public static WeirException DamagedGzip(string path, Exception? cause) =>
        new("WEIR4004", $"The file '{path}' is not a complete gzip file: {cause?.Message ?? "it ends too early."} Nothing of it was taken. Have it sent again.", cause);

    public static WeirException DamagedRaw(string path, string why, Exception? cause = null) =>
        new("WEIR4005", $"The raw copy '{path}' is damaged: {why}. What it holds cannot land; what had landed is untouched. Restore the file from a backup.", cause);

    public static WeirException NoKey(string path, string source, DateOnly day) =>
        new("WEIR4006", $"The raw copy '{path}' cannot be read: the key of source '{source}' for {day:yyyy-MM-dd} is gone. If it was destroyed on purpose, so was this data; else restore keys/{source}/{day:yyyy-MM-dd}.key.");

    public static WeirException Busy(string path, TimeSpan waited) =>
        new("WEIR4007", $"Another process has been taking files into this data folder for {waited.TotalSeconds:0} s (lock '{path}'). Wait for it to end, or end it, and try again.");

    public static WeirException RecordTooLong(string path, long line, long bytes, long limit) =>
        new("WEIR4008", $"The record that begins on line {line} of '{path}' is {bytes} bytes long; the limit is {limit}. Nothing of the file was taken. It is most likely not what the source's `format` says, or a quote never ends.");

    public static WeirException CountDiffers(string stream, long expected, long found) =>
        new("WEIR4009", $"Stream '{stream}' has {expected} records by the count made when it was taken, but {found} by reading. Nothing beyond them lands. Report this with the file's first and last lines.");

    public static WeirException OutsideStream(string stream, long from, long head) =>
        new("WEIR4010", $"Ordinal {from} of stream '{stream}' was asked for, but it holds 0 to {head}. The lake knows more than the raw copies: restore the folder raw/files from a backup.");

    public static WeirException DamagedManifest(string path, Exception? cause) =>
        new("WEIR4011", $"The manifest '{path}' cannot be read: {cause?.Message ?? "it is empty."} Restore the file from a backup; the raw copy beside it is untouched.", cause);

    public static WeirException NotTaken(string path, Exception cause) =>
        new("WEIR4012", $"The file '{path}' could not be taken: {cause.Message} Nothing of it was received. Look for a full or failing disk, then offer it again.", cause);

    public static WeirException Removed(string source, string stream, long from, long first) =>
        new("WEIR4013", $"Ordinal {from} of stream '{stream}' of source '{source}' was asked for, but the copies of what lies before {first} were removed after landing, as `retention.raw` says. What had landed is in the lake; keep copies for longer by raising it in weir.yml.");
}
