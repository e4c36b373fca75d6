using System.Text.Json;
using Weir.Journal.Reading;
using Weir.Storage;

namespace Weir.Journal;

/// <summary>A stream: whose it is, where it lies, and what is needed to read it.</summary>
internal sealed record StreamLocation(string Data, string Source, Guid Id, IDisk Disk, KeyStore Keys)
{
    private const int Format = 1;

    public string Folder { get; } = Layout.Stream(Data, Source);
    public string IdText { get; } = Id.ToString("d");

    /// <summary>The source's stream, or null if it has none yet.</summary>
    public static StreamLocation? TryOpen(string data, string source, IDisk disk, KeyStore keys)
    {
        var path = Layout.Identity(Layout.Stream(data, source));
        if (!disk.Exists(path)) return null;
        try
        {
            using var json = JsonDocument.Parse(SmallFile.Read(disk, path));
            var format = json.RootElement.GetProperty("format").GetInt32();
            if (format != Format) throw JournalErrors.UnknownFormat(path, $"stream format {format}, known is {Format}");
            return new(data, source, json.RootElement.GetProperty("id").GetGuid(), disk, keys);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw JournalErrors.FileDamaged(path, e.Message, e);
        }
    }

    /// <summary>Gives a source a stream, with a new birth id.</summary>
    public static StreamLocation Create(string data, string source, IDisk disk, KeyStore keys)
    {
        var stream = new StreamLocation(data, source, Guid.NewGuid(), disk, keys);
        disk.CreateFolder(stream.Folder);
        var identity = new { format = Format, id = stream.IdText, source };
        disk.WriteWhole(Layout.Identity(stream.Folder), JsonSerializer.SerializeToUtf8Bytes(identity));
        return stream;
    }

    /// <summary>Every stream of a data folder, by source.</summary>
    public static IReadOnlyList<StreamLocation> All(string data, IDisk disk, KeyStore keys)
    {
        var folder = Layout.Journal(data);
        if (!Directory.Exists(folder)) return [];
        var sources = Directory.GetDirectories(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);
        return [.. sources.Select(s => TryOpen(data, s, disk, keys)).OfType<StreamLocation>()];
    }
}
