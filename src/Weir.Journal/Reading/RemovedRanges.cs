using System.Text.Json;
using Weir.Storage;

namespace Weir.Journal.Reading;

/// <summary>Landed events whose segments were removed: what was received stays known, and the chain of hashes goes on.</summary>
/// <param name="Hour">Receive hour, UTC.</param>
/// <param name="First">First ordinal.</param>
/// <param name="Count">Events.</param>
/// <param name="Hash">The chain's hash after the last of them, hexadecimal.</param>
internal sealed record RemovedRange(DateTime Hour, long First, long Count, string Hash)
{
    public long End => First + Count;
}

internal static class RemovedRanges
{
    public static IReadOnlyList<RemovedRange> Read(StreamLocation stream)
    {
        var path = Layout.Removed(stream.Folder);
        if (!stream.Disk.Exists(path)) return [];
        try
        {
            var ranges = JsonSerializer.Deserialize<List<RemovedRange?>>(SmallFile.Read(stream.Disk, path));
            return ranges is null || ranges.Contains(null) ? throw JournalErrors.FileDamaged(path, "it holds null.") : [.. ranges.OfType<RemovedRange>()];
        }
        catch (JsonException e)
        {
            throw JournalErrors.FileDamaged(path, e.Message, e);
        }
    }

    /// <summary>Notes one more range, synced; ranges of one hour are one entry.</summary>
    public static void Add(StreamLocation stream, RemovedRange range)
    {
        var ranges = Read(stream).ToList();
        if (ranges.LastOrDefault() is { } last && last.Hour == range.Hour && last.End == range.First)
            ranges[^1] = last with { Count = last.Count + range.Count, Hash = range.Hash };
        else
            ranges.Add(range);
        stream.Disk.WriteWhole(Layout.Removed(stream.Folder), JsonSerializer.SerializeToUtf8Bytes(ranges));
    }

    /// <summary>The ordinal after the last removed event; 0 if none was.</summary>
    public static long End(IReadOnlyList<RemovedRange> ranges) => ranges.Count == 0 ? 0 : ranges[^1].End;
}
