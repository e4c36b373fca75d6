using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Weir.Storage;

namespace Weir.Journal;

/// <summary>
/// The keys under which bytes as received are encrypted: one of 32 random bytes per source and UTC day, each a file of its own, mode 0600,
/// apart from the data. Destroying a key deletes all that was sealed with it, wherever copies lie. Safe for several threads and processes.
/// </summary>
/// <param name="disk">The file system.</param>
/// <param name="folder">The folder <c>keys</c> of the data folder.</param>
public sealed class KeyStore(IDisk disk, string folder)
{
    private const int KeyLength = 32;
    private readonly ConcurrentDictionary<string, bool> durable = new();

    /// <summary>The key of a source and day (UTC), made and synced first if there is none.</summary>
    /// <exception cref="WeirException">WEIR2006: the key's file is damaged.</exception>
    public byte[] GetOrCreate(string source, DateOnly day) => GetOrCreate(PathOf(source, day));

    /// <summary>The data folder's secret, under which values are hashed: it stays as long as the data. Without it hashes of then and now can no longer be compared.</summary>
    /// <exception cref="WeirException">WEIR2006: its file is damaged.</exception>
    public byte[] GetOrCreateSecret() => GetOrCreate(SecretPath);

    /// <summary>The data folder's secret, or null if there is none (yet).</summary>
    /// <exception cref="WeirException">WEIR2006: its file is damaged.</exception>
    public byte[]? TryGetSecret() => TryGet(SecretPath);

    private string SecretPath => Path.Combine(folder, "secret.key");

    private byte[] GetOrCreate(string path)
    {
        if (TryGet(path) is { } existing)
        {
            // Whoever made it may have failed before its name was durable: nothing may be encrypted with a key that a crash takes away.
            MakeNameDurable(path);
            return existing;
        }
        disk.CreateFolder(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        var key = RandomNumberGenerator.GetBytes(KeyLength);
        using (var file = disk.Create(temporary))
        {
            // Before the first byte of the key is in it.
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            file.Append(key);
            file.Sync();
        }
        // A link, not a rename: of two processes that make the same key one wins, and both use the winner's.
        var mine = disk.TryLink(temporary, path);
        disk.Delete(temporary);
        MakeNameDurable(path);
        return mine ? key : TryGet(path) ?? throw new IOException($"The key '{path}' was taken away while it was made.");
    }

    /// <summary>The key of a source and day (UTC), or null if there is none (never made, or destroyed).</summary>
    /// <exception cref="WeirException">WEIR2006: the key's file is damaged.</exception>
    public byte[]? TryGet(string source, DateOnly day) => TryGet(PathOf(source, day));

    private byte[]? TryGet(string path)
    {
        try
        {
            using var file = disk.OpenRead(path);
            var key = new byte[KeyLength];
            if (file.Length != KeyLength) throw JournalErrors.KeyDamaged(path, file.Length, KeyLength);
            file.ReadExactly(key);
            return key;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Every key there is, by source and day; the data folder's secret is none of them.</summary>
    public IReadOnlyList<(string Source, DateOnly Day)> List() => !Directory.Exists(folder) ? [] :
    [
        .. from path in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
           from key in disk.List(path, "*.key")
           let day = DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(key), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed : (DateOnly?)null
           where day is not null
           select (Path.GetFileName(path), day.Value),
    ];

    /// <summary>Deletes a key for good. What was sealed with it can never be read again.</summary>
    public void Destroy(string source, DateOnly day)
    {
        var path = PathOf(source, day);
        if (!disk.Exists(path)) return;
        durable.TryRemove(path, out _);
        disk.Delete(path);
        disk.SyncFolder(Path.GetDirectoryName(path)!);
    }

    private void MakeNameDurable(string path)
    {
        if (durable.ContainsKey(path)) return;
        disk.SyncFolder(Path.GetDirectoryName(path)!);
        durable[path] = true;
    }

    internal string PathOf(string source, DateOnly day) => Path.Combine(folder, source, $"{day:yyyy-MM-dd}.key");
}
