using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Identifiers;
using Weir.Storage;

namespace Weir.Land.Dedupe;

/// <summary>Which runs belong together, and of which ledger version they are the truth. One file, replaced whole: its CRC-32C in hex, a line feed, JSON.</summary>
internal sealed record DedupeManifest(int Format, DedupeStamp Stamp, IReadOnlyList<SourceRule> Sources, IReadOnlyList<string> Runs)
{
    public const int CurrentFormat = 1;
    private const string FileName = "manifest";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public void Save(IDisk disk, string folder)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(this, Json);
        byte[] bytes = [.. Encoding.ASCII.GetBytes($"{Crc32C.Compute(json):x8}\n"), .. json];
        disk.WriteWhole(Path.Combine(folder, FileName), bytes);
    }

    /// <summary>The manifest, or null if there is none that can be trusted.</summary>
    public static DedupeManifest? TryLoad(IDisk disk, string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!disk.Exists(path)) return null;
        using var file = disk.OpenRead(path);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        if (bytes.Length < 9 || Encoding.ASCII.GetString(bytes, 0, 9) != $"{Crc32C.Compute(bytes.AsSpan(9)):x8}\n") return null;
        try
        {
            var manifest = JsonSerializer.Deserialize<DedupeManifest>(bytes.AsSpan(9), Json);
            return manifest is { Format: CurrentFormat } ? manifest : null;
        }
        catch (JsonException)
        {
            return null; // another version of Weir wrote it
        }
    }
}
