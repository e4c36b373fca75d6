namespace Weir.Tests.Lake;

/// <summary>Files bear the machine's time, which no test can move on: so they are made older.</summary>
internal static class FileAges
{
    public static void Add(string folder, TimeSpan span)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path) - span);
        foreach (var path in Directory.GetDirectories(folder, "*", SearchOption.AllDirectories).Append(folder)) Directory.SetLastWriteTimeUtc(path, Directory.GetLastWriteTimeUtc(path) - span);
    }
}
