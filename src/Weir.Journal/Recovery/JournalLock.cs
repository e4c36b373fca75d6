namespace Weir.Journal.Recovery;

/// <summary>One writer per data folder: a lock of the operating system, which ends with its process.</summary>
internal sealed class JournalLock : IDisposable
{
    private readonly FileStream file;

    private JournalLock(FileStream file) => this.file = file;

    /// <exception cref="IOException">It is held.</exception>
    public static JournalLock Take(string data)
    {
        var path = Layout.Lock(data);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
    }

    public void Dispose() => file.Dispose();
}
