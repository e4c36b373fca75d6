using Weir.Storage;

namespace Weir.Lake;

/// <summary>
/// What a lake lies on: a disk's operations on full paths below the lake's folder, and the few more that a lake needs. On a machine's own disk the folder is the lake (<see cref="LocalLakeDisk"/>). On an
/// object store each path below it stands for an object, and the folder holds what is read or written just now: names that end in <c>.tmp</c> are only there, <see cref="IDisk.SyncFile"/> is the upload,
/// and <see cref="IDisk.TryLink"/> a put that fails if the object exists.
/// </summary>
public interface ILakeDisk : IDisk
{
    /// <summary>Whether each file lies under its path anyway. If not, SQL reads only what <see cref="Hold"/> or <see cref="Fetch"/> was asked for.</summary>
    bool IsLocal { get; }

    /// <summary>Opens a file for reading; null if there is none.</summary>
    FileStream? TryOpenRead(string path);

    /// <summary>A file's length in bytes; null if there is none.</summary>
    long? LengthOf(string path);

    /// <summary>Full paths of the folders in a folder, ordered by name.</summary>
    IReadOnlyList<string> ListFolders(string folder);

    /// <summary>The files in a folder, or everywhere below it, with the time at which each was last written, in no order.</summary>
    IReadOnlyList<StoredFile> ListWritten(string folder, bool below);

    /// <summary>Removes folders below a folder, and it itself, that have been empty since a time (UTC), and parts of files whose writer died before it.</summary>
    void RemoveLeftovers(string folder, DateTime before);

    /// <summary>Puts files where SQL can read them, under their paths, for as long as the result is held.</summary>
    /// <exception cref="WeirException">They cannot be had, or there is no place for them.</exception>
    IDisposable Hold(IReadOnlyCollection<StoredFile> files);

    /// <summary>The same for as long as every reader of a snapshot has (<see cref="MaintenanceOptions.VacuumAfter"/>).</summary>
    /// <exception cref="WeirException">They cannot be had, or there is no place for them.</exception>
    void Fetch(IReadOnlyCollection<StoredFile> files);

    /// <summary>Puts a file into another storage class of the object store; false where there are none.</summary>
    bool SetStorageClass(string path, string storageClass);
}

/// <summary>A file of a lake.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Written">When it was last written, UTC; not known to everybody.</param>
/// <param name="StorageClass">The object store's class in which it is; null: not known, or there are none.</param>
public readonly record struct StoredFile(string Path, long Length, DateTime Written = default, string? StorageClass = null);
