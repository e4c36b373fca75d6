namespace Weir.Storage;

/// <summary>
/// The few file operations that durability rests on, so that a test can put a layer below journal and lake that loses what was not synced.
/// Nothing written is durable before <see cref="IDiskFile.Sync"/> or <see cref="SyncFile"/>; no new, renamed or removed name before <see cref="SyncFolder"/>.
/// </summary>
public interface IDisk
{
    /// <summary>Makes a file that must not exist yet, open for appending.</summary>
    IDiskFile Create(string path);

    /// <summary>Opens an existing file for appending.</summary>
    IDiskFile OpenAppend(string path);

    /// <summary>Opens a file for reading at any offset; others may write it meanwhile.</summary>
    FileStream OpenRead(string path);

    /// <summary>Whether the file exists.</summary>
    bool Exists(string path);

    /// <summary>Full paths of the files in a folder whose names match a pattern, ordered by name; none if the folder does not exist.</summary>
    IReadOnlyList<string> List(string folder, string pattern = "*");

    /// <summary>Makes a folder and its parents, each synced into its own parent.</summary>
    void CreateFolder(string path);

    /// <summary>Gives a synced file a second name, atomically; false if the new name is taken already (<c>link(2)</c>).</summary>
    bool TryLink(string path, string newPath);

    /// <summary>Renames, replacing what bears the new name.</summary>
    void Replace(string path, string newPath);

    /// <summary>Removes a file; nothing happens if there is none.</summary>
    void Delete(string path);

    /// <summary>Makes the contents of a file durable that somebody else wrote (DuckDB's COPY does not sync).</summary>
    void SyncFile(string path);

    /// <summary>Makes the names in a folder durable.</summary>
    void SyncFolder(string path);
}

/// <summary>A file open for appending.</summary>
public interface IDiskFile : IDisposable
{
    /// <summary>Its length in bytes, with what is not synced yet.</summary>
    long Length { get; }

    /// <summary>Writes at the end.</summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Makes all that was appended or cut durable (fsync).</summary>
    void Sync();

    /// <summary>Cuts the file to a length.</summary>
    void Truncate(long length);
}

/// <summary>Small files written whole.</summary>
public static class DiskExtensions
{
    /// <summary>Writes a file under a temporary name, syncs it, and renames it into place, synced.</summary>
    public static void WriteWhole(this IDisk disk, string path, ReadOnlySpan<byte> bytes)
    {
        var folder = Path.GetDirectoryName(path)!;
        var temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        using (var file = disk.Create(temporary))
        {
            file.Append(bytes);
            file.Sync();
        }
        disk.Replace(temporary, path);
        disk.SyncFolder(folder);
    }
}
