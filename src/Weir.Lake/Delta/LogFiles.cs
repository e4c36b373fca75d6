namespace Weir.Lake.Delta;

/// <summary>The names in a table's <c>_delta_log</c>.</summary>
internal static class LogFiles
{
    public const string LastCheckpoint = "_last_checkpoint";

    public static string Folder(string table) => Path.Combine(table, "_delta_log");

    public static string Commit(string log, long version) => Path.Combine(log, $"{version:D20}.json");

    public static string Checkpoint(string log, long version) => Path.Combine(log, $"{version:D20}.checkpoint.parquet");

    /// <summary>The version that a commit's or a one-part checkpoint's name begins with; null: the file is neither.</summary>
    public static long? VersionOf(string path, string suffix)
    {
        var name = Path.GetFileName(path);
        return name.Length == 20 + suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal) && long.TryParse(name.AsSpan(0, 20), out var version)
            ? version : null;
    }
}
