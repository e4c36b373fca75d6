using Weir.Storage;

namespace Weir.Lake;

/// <summary>A lake on a disk: its folder is the lake.</summary>
/// <param name="disk">The disk.</param>
internal sealed class LocalLakeDisk(IDisk disk) : ILakeDisk
{
    public static ILakeDisk Of(IDisk disk) => disk as ILakeDisk ?? new LocalLakeDisk(disk);

    public bool IsLocal => true;

    public FileStream? TryOpenRead(string path)
    {
        if (!disk.Exists(path)) return null;
        try { return disk.OpenRead(path); }
        catch (FileNotFoundException) { return null; } // deleted just now
    }

    public long? LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : null;

    public IReadOnlyList<string> ListFolders(string folder) => Directory.Exists(folder) ? [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal)] : [];

    public IReadOnlyList<StoredFile> ListWritten(string folder, bool below) => !Directory.Exists(folder) ? [] :
        [.. new DirectoryInfo(folder).EnumerateFiles("*", below ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
            .Select(f => (File: f, Written: f.LastWriteTimeUtc)).Where(f => f.Written.Year > 1601) // deleted just now
            .Select(f => new StoredFile(f.File.FullName, 0, f.Written))];

    /// <summary>Only folders that have been empty for long: a writer makes one just before the file in it.</summary>
    public void RemoveLeftovers(string folder, DateTime before)
    {
        if (!Directory.Exists(folder)) return;
        var isOld = Directory.GetLastWriteTimeUtc(folder) <= before; // what goes below makes it new
        foreach (var below in Directory.GetDirectories(folder)) RemoveLeftovers(below, before);
        if (!isOld || Directory.EnumerateFileSystemEntries(folder).Any()) return;
        try { Directory.Delete(folder); }
        catch (IOException) { } // somebody just put something in it
    }

    public IDisposable Hold(IReadOnlyCollection<StoredFile> files) => NothingHeld.Instance;

    public void Fetch(IReadOnlyCollection<StoredFile> files)
    {
    }

    public bool SetStorageClass(string path, string storageClass) => false;

    public IDiskFile Create(string path) => disk.Create(path);
    public IDiskFile OpenAppend(string path) => disk.OpenAppend(path);
    public FileStream OpenRead(string path) => disk.OpenRead(path);
    public bool Exists(string path) => disk.Exists(path);
    public IReadOnlyList<string> List(string folder, string pattern = "*") => disk.List(folder, pattern);
    public void CreateFolder(string path) => disk.CreateFolder(path);
    public bool TryLink(string path, string newPath) => disk.TryLink(path, newPath);
    public void Replace(string path, string newPath) => disk.Replace(path, newPath);
    public void Delete(string path) => disk.Delete(path);
    public void SyncFile(string path) => disk.SyncFile(path);
    public void SyncFolder(string path) => disk.SyncFolder(path);

    private sealed class NothingHeld : IDisposable
    {
        public static NothingHeld Instance { get; } = new();

        public void Dispose()
        {
        }
    }
}
