using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Storage;

namespace Weir.Connect.Files;

/// <summary>One line of the intake list: what was last found at a path.</summary>
internal sealed record IntakeEntry(DateTimeOffset At, string Path, IntakeOutcome Outcome, string Stream, string Sha256, long Length, DateTime Modified);

/// <summary>
/// The list of all that was offered and taken or refused, one JSON line each (<c>raw/files/&lt;source&gt;/intake.ndjson</c>). It is written before the manifest, so it
/// may name what never was received: only manifests say that. A line that a crash cut off is passed over.
/// </summary>
internal sealed class IntakeList(IDisk disk, string folder)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
    private readonly string path = Path.Combine(folder, "intake.ndjson");
    private readonly Dictionary<string, IntakeEntry> byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> streamByHash = new(StringComparer.Ordinal);
    private long read;

    /// <summary>What was last found at a path.</summary>
    public IntakeEntry? Find(string file) => byPath.GetValueOrDefault(file);

    /// <summary>The stream that may hold this content.</summary>
    public string? StreamOf(string sha256) => streamByHash.GetValueOrDefault(sha256);

    /// <summary>Reads what was added since, by whomever. Call it while holding the intake lock.</summary>
    public void Refresh()
    {
        if (!disk.Exists(path)) return;
        using var file = disk.OpenRead(path);
        file.Position = read;
        using var reader = new StreamReader(file);
        while (reader.ReadLine() is { } line)
            if (TryParse(line) is { } entry) Note(entry);
        read = file.Length;
    }

    public void Add(IntakeEntry entry)
    {
        var isNew = !disk.Exists(path);
        using (var file = isNew ? disk.Create(path) : disk.OpenAppend(path))
        {
            // A line feed on both sides: what a crash left of the line before cannot spoil this one, nor what it will leave of the next.
            byte[] line = [(byte)'\n', .. JsonSerializer.SerializeToUtf8Bytes(entry, Json), (byte)'\n'];
            file.Append(line);
            file.Sync();
            read = file.Length;
        }
        if (isNew) disk.SyncFolder(folder);
        Note(entry);
    }

    private void Note(IntakeEntry entry)
    {
        byPath[entry.Path] = entry;
        if (entry.Outcome is IntakeOutcome.Taken or IntakeOutcome.Grown) streamByHash[entry.Sha256] = entry.Stream;
    }

    private static IntakeEntry? TryParse(string line)
    {
        if (line.Length == 0) return null;
        try
        {
            return JsonSerializer.Deserialize<IntakeEntry>(line, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
