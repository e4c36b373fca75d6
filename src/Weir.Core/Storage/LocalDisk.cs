using System.Collections.Concurrent;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Weir.Storage;

/// <summary>The machine's own file system.</summary>
public sealed partial class LocalDisk : IDisk
{
    private readonly ConcurrentDictionary<string, bool> synced = new(StringComparer.Ordinal);
    private readonly Func<string, int> sync;

    private LocalDisk() : this(Sync)
    {
    }

    /// <summary>With another way to sync a folder, which gives the error's number or 0.</summary>
    internal LocalDisk(Func<string, int> sync) => this.sync = sync;

    /// <summary>The one instance; it remembers which folders' names it made durable.</summary>
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
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var exists = Directory.Exists(path);
        if (Path.GetDirectoryName(path) is not { } parent || (exists && synced.ContainsKey(path))) return;
        if (exists)
        {
            // Whoever made it may have been killed before its name was durable. Its parents' names are: each was synced before a folder was made in it.
            const int EPERM = 1, EACCES = 13, EINVAL = 22;
            var error = OperatingSystem.IsWindows() ? 0 : sync(parent);
            if (error is not (0 or EPERM or EACCES or EINVAL)) throw CannotSync(parent, error); // a folder that cannot be synced is none that this user made
        }
        else
        {
            CreateFolder(parent);
            Directory.CreateDirectory(path);
            SyncFolder(parent);
        }
        synced[path] = true;
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
        if (sync(path) is var error and not 0) throw CannotSync(path, error);
    }

    private static int Sync(string path)
    {
        using var folder = open(path, 0);
        return folder.IsInvalid || fsync(folder) != 0 ? Marshal.GetLastPInvokeError() : 0;
    }

    private static IOException CannotSync(string path, int error) => new($"Cannot sync the folder '{path}': {new Win32Exception(error).Message}.");

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
