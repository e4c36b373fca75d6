using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Storage;

namespace Weir.Connect.Files;

/// <summary>The manifests of loaded files, and where they and the raw copies lie: <c>raw/files/&lt;source&gt;/&lt;sha256&gt;.json</c> and <c>.raw</c>.</summary>
internal sealed class ManifestStore(IDisk disk, string folder)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    /// <summary>What was read, by path, with the file's length and time: a manifest is parsed again only when it was written again.</summary>
    private readonly ConcurrentDictionary<string, ((long Length, DateTime Modified) Stamp, FileManifest Manifest)> read = new(StringComparer.Ordinal);

    /// <summary>By path: how many parts the manifest had whose name is durable for sure.</summary>
    private readonly ConcurrentDictionary<string, int> durable = new(StringComparer.Ordinal);

    public string FolderOf(string source) => Path.Combine(folder, source);

    public string RawPath(string source, string sha256) => Path.Combine(folder, source, $"{sha256}.raw");

    /// <summary>Whether a copy was removed on record; one that is missing without that is lost.</summary>
    public bool IsRemoved(string source, string sha256) => disk.Exists(RemovedPath(source, sha256));

    /// <summary>Deletes copies. First a note beside each, durable: whoever reads the stream then knows that they are not lost.</summary>
    public void DeleteCopies(string source, IReadOnlyList<string> hashes)
    {
        foreach (var note in hashes.Select(h => RemovedPath(source, h)).Where(n => !disk.Exists(n)))
            using (var file = disk.Create(note)) file.Sync();
        disk.SyncFolder(FolderOf(source));
        foreach (var hash in hashes) disk.Delete(RawPath(source, hash));
        disk.SyncFolder(FolderOf(source));
    }

    /// <summary>The copies that lie in a source's folder, those half made among them; full paths.</summary>
    public IReadOnlyList<string> ListCopies(string source) => [.. disk.List(FolderOf(source), "*.raw"), .. disk.List(FolderOf(source), "*.raw.*.tmp")];

    private string RemovedPath(string source, string sha256) => Path.Combine(folder, source, $"{sha256}.removed");

    /// <summary>The streams that have manifests, readable or not, by source and hash: names and folders say which.</summary>
    public IEnumerable<(string Source, string Stream)> List()
    {
        if (!Directory.Exists(folder)) yield break;
        foreach (var source in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
            foreach (var path in disk.List(source, "*.json"))
                yield return (Path.GetFileName(source), StreamOf(Path.GetFileNameWithoutExtension(path)));
    }

    /// <summary>A stream's manifest; null: nothing was received under that name.</summary>
    public FileManifest? Find(string source, string stream) => TryRead(PathOf(source, stream));

    /// <summary>Makes what a manifest says true.</summary>
    public void Save(FileManifest manifest) =>
        disk.WriteWhole(PathOf(manifest.Source, manifest.Stream), JsonSerializer.SerializeToUtf8Bytes(manifest, Json));

    /// <summary>
    /// Makes a manifest's name durable: whoever wrote it may have failed before that. Nothing may land from it, or be told to be held, that a crash takes away.
    /// </summary>
    public void MakeDurable(FileManifest manifest)
    {
        var path = PathOf(manifest.Source, manifest.Stream);
        if (durable.TryGetValue(path, out var parts) && parts == manifest.Parts.Count) return;
        disk.SyncFolder(FolderOf(manifest.Source));
        durable[path] = manifest.Parts.Count;
    }

    public static ManifestStore Of(string dataFolder, IDisk disk) => new(disk, Path.Combine(dataFolder, "raw", "files"));

    public static string StreamOf(string sha256) => $"file/{sha256}";

    public string PathOf(string source, string stream) => Path.Combine(folder, source, $"{stream["file/".Length..]}.json");

    private FileManifest? TryRead(string path)
    {
        // Taken before reading: what is written meanwhile makes the next reading read it again.
        var file = new FileInfo(path);
        var stamp = file.Exists ? (file.Length, file.LastWriteTimeUtc) : default;
        if (read.TryGetValue(path, out var known) && known.Stamp == stamp) return known.Manifest;
        read.TryRemove(path, out _);
        var manifest = TryParse(path);
        if (manifest is not null) read[path] = (stamp, manifest);
        return manifest;
    }

    private FileManifest? TryParse(string path)
    {
        try
        {
            using var file = disk.OpenRead(path);
            var manifest = JsonSerializer.Deserialize<FileManifest>(file, Json);
            return manifest is { Source: not null, Stream: not null, Path: not null, Dialect: not null, Parts.Count: > 0 } && !manifest.Parts.Contains(null!)
                ? manifest
                : throw ConnectErrors.DamagedManifest(path, null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or UnauthorizedAccessException)
        {
            throw ConnectErrors.DamagedManifest(path, e);
        }
    }
}
