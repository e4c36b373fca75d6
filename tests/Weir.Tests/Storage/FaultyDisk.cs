using Weir.Storage;

namespace Weir.Tests.Storage;

/// <summary>The machine's disk, with faults that a test switches on and off.</summary>
public sealed class FaultyDisk : IDisk
{
    private readonly LocalDisk real = LocalDisk.Instance;

    /// <summary>Every sync of a file fails.</summary>
    public bool FailSync { get; set; }

    /// <summary>Cutting a file fails.</summary>
    public bool FailTruncate { get; set; }

    /// <summary>How many bytes may still be written; a write beyond it is half done and fails, as on a full disk.</summary>
    public long Room { get; set; } = long.MaxValue;

    public IDiskFile Create(string path) => new FaultyFile(this, real.Create(path));
    public IDiskFile OpenAppend(string path) => new FaultyFile(this, real.OpenAppend(path));
    public FileStream OpenRead(string path) => real.OpenRead(path);
    public bool Exists(string path) => real.Exists(path);
    public IReadOnlyList<string> List(string folder, string pattern = "*") => real.List(folder, pattern);
    public void CreateFolder(string path) => real.CreateFolder(path);
    public bool TryLink(string path, string newPath) => real.TryLink(path, newPath);
    public void Replace(string path, string newPath) => real.Replace(path, newPath);
    public void Delete(string path) => real.Delete(path);
    public void SyncFile(string path) => real.SyncFile(path);
    public void SyncFolder(string path) => real.SyncFolder(path);

    private sealed class FaultyFile(FaultyDisk disk, IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            var fits = (int)Math.Min(bytes.Length, disk.Room);
            file.Append(bytes[..fits]);
            disk.Room -= fits;
            if (fits < bytes.Length) throw new IOException("No space left on device.");
        }

        public void Sync()
        {
            if (disk.FailSync) throw new IOException("Input/output error.");
            file.Sync();
        }

        public void Truncate(long length)
        {
            if (disk.FailTruncate) throw new IOException("Input/output error.");
            file.Truncate(length);
        }

        public void Dispose() => file.Dispose();
    }
}
