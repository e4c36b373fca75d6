using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Storage;

namespace Weir.Connect.Files;

/// <summary>The manifests of loaded files, and where they and the raw copies lie: <c>raw/files/&lt;source&gt;/&lt;sha256&gt;.json</c> and <c>.raw</c>.</summary>
internal sealed class ManifestStore(IDisk disk, string folder)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    public string FolderOf(string source) => Path.Combine(folder, source);

    public string RawPath(string source, string sha256) => Path.Combine(folder, source, $"{sha256}.raw");

    /// <summary>All manifests, by source and hash.</summary>
    public IEnumerable<FileManifest> ReadAll()
    {
        if (!Directory.Exists(folder)) yield break;
        foreach (var source in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
            foreach (var path in disk.List(source, "*.json"))
                if (TryRead(path) is { } manifest) yield return manifest;
    }

    /// <summary>A stream's manifest; null: nothing was received under that name.</summary>
    public FileManifest? Find(string source, string stream) => TryRead(PathOf(source, stream));

    /// <summary>Makes what a manifest says true.</summary>
    public void Save(FileManifest manifest) =>
        disk.WriteWhole(PathOf(manifest.Source, manifest.Stream), JsonSerializer.SerializeToUtf8Bytes(manifest, Json));

    public static string StreamOf(string sha256) => $"file/{sha256}";

    private string PathOf(string source, string stream) => Path.Combine(folder, source, $"{stream["file/".Length..]}.json");

    private FileManifest? TryRead(string path)
    {
        try
        {
            using var file = disk.OpenRead(path);
            return JsonSerializer.Deserialize<FileManifest>(file, Json) ?? throw ConnectErrors.DamagedManifest(path, null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw ConnectErrors.DamagedManifest(path, e);
        }
    }
}
