using Weir.Storage;

namespace Weir.Tests.Storage;

/// <summary>The machine's disk, with faults that a test switches on and off.</summary>
public sealed class FaultyDisk : PassingDisk
{
    /// <summary>Every sync of a file fails.</summary>
    public bool FailSync { get; set; }

    /// <summary>The next sync of a file fails, and what it was to sync may never be on the disk; those that follow say that all is well.</summary>
    public bool FailNextSync { get; set; }

    /// <summary>Cutting a file fails.</summary>
    public bool FailTruncate { get; set; }

    /// <summary>How many bytes may still be written; a write beyond it is half done and fails, as on a full disk.</summary>
    public long Room { get; set; } = long.MaxValue;

    public override IDiskFile Create(string path) => new FaultyFile(this, base.Create(path));
    public override IDiskFile OpenAppend(string path) => new FaultyFile(this, base.OpenAppend(path));

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
            if (disk.FailSync || disk.FailNextSync)
            {
                disk.FailNextSync = false;
                throw new IOException("Input/output error.");
            }
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
