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

    /// <summary>Gives a source a stream, with a new birth id; if it has one meanwhile, that one.</summary>
    public static StreamLocation Create(string data, string source, IDisk disk, KeyStore keys)
    {
        var stream = new StreamLocation(data, source, Guid.NewGuid(), disk, keys);
        disk.CreateFolder(stream.Folder);
        var identity = new { format = Format, id = stream.IdText, source };
        var path = Layout.Identity(stream.Folder);
        var temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        using (var file = disk.Create(temporary))
        {
            file.Append(JsonSerializer.SerializeToUtf8Bytes(identity));
            file.Sync();
        }
        // A link, not a rename: a paused writer that goes on must not give a stream another birth.
        var mine = disk.TryLink(temporary, path);
        disk.Delete(temporary);
        disk.SyncFolder(stream.Folder);
        return mine ? stream : TryOpen(data, source, disk, keys) ?? throw JournalErrors.FileDamaged(path, "it was there and is gone.");
    }

    /// <summary>Every stream of a data folder, by source.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="disk">The file system.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="unknown">Is given the sources whose stream cannot be told, and why: the others are not held up by it.</param>
    public static IReadOnlyList<StreamLocation> All(string data, IDisk disk, KeyStore keys, Action<string, WeirException> unknown)
    {
        var folder = Layout.Journal(data);
        if (!Directory.Exists(folder)) return [];
        var streams = new List<StreamLocation>();
        foreach (var source in Directory.GetDirectories(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal))
        {
            try
            {
                if (TryOpen(data, source, disk, keys) is { } stream) streams.Add(stream);
            }
            catch (WeirException e) when (e.Code == JournalErrors.Damaged)
            {
                unknown(source, e);
            }
        }
        return streams;
    }
}
