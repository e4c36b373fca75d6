using System.Text.Json;
using Weir.Events;
using Weir.Land.Rounds;
using Weir.Storage;

namespace Weir.Land.Accounting.Verify;

/// <summary>The acknowledged head of a stream, as it was seen at a time.</summary>
/// <param name="Stream">The stream's id.</param>
/// <param name="Source">Its source.</param>
/// <param name="Head">The ordinal after the last acknowledged event.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Mark">A place of its chain of hashes; null: none was known.</param>
internal sealed record WitnessedHead(string Stream, string Source, long Head, DateTimeOffset At, ChainMark? Mark);

/// <summary>The files in <c>_witness/</c>, one per stream, each written whole.</summary>
internal sealed class WitnessFiles(string lakeFolder, IDisk disk)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly string folder = Path.Combine(lakeFolder, "_witness");

    public string PathOf(string stream) => Path.Combine(folder, $"{stream.Replace('/', '-')}.json");

    /// <summary>Null: another process writes now.</summary>
    public FileStream? TryLock()
    {
        disk.CreateFolder(folder);
        try
        {
            return new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <param name="damaged">Is given those that cannot be read, with their paths.</param>
    public IReadOnlyList<WitnessedHead> ReadAll(Action<string, WeirException> damaged)
    {
        var heads = new List<WitnessedHead>();
        foreach (var path in disk.List(folder, "*.json"))
        {
            try
            {
                heads.Add(Read(path));
            }
            catch (WeirException e)
            {
                damaged(path, e);
            }
        }
        return heads;
    }

    /// <summary>All of them, then one sync of the folder: many files loaded at once cost one sync each.</summary>
    public void Write(IReadOnlyList<WitnessedHead> heads)
    {
        if (heads.Count == 0) return;
        foreach (var left in disk.List(folder, "*.tmp")) disk.Delete(left); // of a process that was killed: this one has the lock
        foreach (var head in heads)
        {
            var temporary = $"{PathOf(head.Stream)}.tmp";
            using (var file = disk.Create(temporary))
            {
                file.Append(JsonSerializer.SerializeToUtf8Bytes(head, Json));
                file.Sync();
            }
            disk.Replace(temporary, PathOf(head.Stream));
        }
        disk.SyncFolder(folder);
    }

    private WitnessedHead Read(string path)
    {
        try
        {
            using var file = disk.OpenRead(path);
            return JsonSerializer.Deserialize<WitnessedHead>(file, Json) is { Stream: not null, Source: not null } witness
                ? witness
                : throw LandErrors.WitnessDamaged(path, "it holds no stream.", null);
        }
        catch (JsonException e)
        {
            throw LandErrors.WitnessDamaged(path, e.Message, e);
        }
    }
}
