namespace Weir.Lake.Writing;

/// <summary>Paths as the log has them: url-encoded per part, with <c>/</c>. <c>=</c> stays, as every Delta writer leaves it.</summary>
internal static class LogPaths
{
    public static string Encode(string path) => string.Join('/', path.Replace('\\', '/').Split('/').Select(p => Uri.EscapeDataString(p).Replace("%3D", "=")));

    public static string Decode(string path) => Uri.UnescapeDataString(path);

    /// <summary>The folder of a partition as DuckDB names it: <c>date=2026-01-31/hour=7/source=web</c>.</summary>
    public static string Partition(IEnumerable<KeyValuePair<string, string?>> values) =>
        string.Join('/', values.Select(v => $"{Uri.EscapeDataString(v.Key)}={(v.Value is null ? "__HIVE_DEFAULT_PARTITION__" : Uri.EscapeDataString(v.Value))}"));
}
