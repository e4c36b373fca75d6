using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Weir.Storage;

/// <summary>The machine's own file system.</summary>
public sealed partial class LocalDisk : IDisk
{
    /// <summary>The one instance; it has no state.</summary>
    public static LocalDisk Instance { get; } = new();

    /// <inheritdoc/>
    public IDiskFile Create(string path) => new LocalFile(path, FileMode.CreateNew);

    /// <inheritdoc/>
    public IDiskFile OpenAppend(string path) => new LocalFile(path, FileMode.Open);

    /// <inheritdoc/>
    public FileStream OpenRead(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.Asynchronous);

    /// <inheritdoc/>
    public bool Exists(string path) => File.Exists(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder, string pattern = "*")
    {
        if (!Directory.Exists(folder)) return [];
        var files = Directory.GetFiles(folder, pattern);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    /// <inheritdoc/>
    public void CreateFolder(string path)
    {
        if (Directory.Exists(path)) return;
        var parent = Path.GetDirectoryName(Path.GetFullPath(path))!;
        CreateFolder(parent);
        Directory.CreateDirectory(path);
        SyncFolder(parent);
    }

    /// <inheritdoc/>
    public bool TryLink(string path, string newPath)
    {
        if (OperatingSystem.IsWindows())
        {
            try { File.Copy(path, newPath, overwrite: false); return true; }
            catch (IOException) when (File.Exists(newPath)) { return false; }
        }
        if (link(path, newPath) == 0) return true;
        var error = Marshal.GetLastPInvokeError();
        const int EEXIST = 17;
        return error == EEXIST ? false : throw new IOException($"Cannot link '{newPath}' to '{path}': {new Win32Exception(error).Message}.");
    }

    /// <inheritdoc/>
    public void Replace(string path, string newPath) => File.Move(path, newPath, overwrite: true);

    /// <inheritdoc/>
    public void Delete(string path) => File.Delete(path);

    /// <inheritdoc/>
    public void SyncFile(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(handle);
    }

    /// <inheritdoc/>
    public void SyncFolder(string path)
    {
        if (OperatingSystem.IsWindows()) return; // NTFS journals names itself
        using var folder = open(path, 0);
        if (folder.IsInvalid || fsync(folder) != 0)
            throw new IOException($"Cannot sync the folder '{path}': {new Win32Exception(Marshal.GetLastPInvokeError()).Message}.");
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int link(string path, string newPath);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(SafeFileHandle handle);

    private sealed class LocalFile : IDiskFile
    {
        private readonly SafeFileHandle handle;

        public LocalFile(string path, FileMode mode)
        {
            handle = File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
            Length = RandomAccess.GetLength(handle);
        }

        public long Length { get; private set; }

        public void Append(ReadOnlySpan<byte> bytes)
        {
            RandomAccess.Write(handle, bytes, Length);
            Length += bytes.Length;
        }

        public void Sync() => RandomAccess.FlushToDisk(handle);

        public void Truncate(long length)
        {
            RandomAccess.SetLength(handle, length);
            Length = length;
        }

        public void Dispose() => handle.Dispose();
    }
}
