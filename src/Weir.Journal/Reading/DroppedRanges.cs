using System.Text.Json;
using Weir.Events;
using Weir.Storage;

namespace Weir.Journal.Reading;

/// <summary>Damaged events that a person gave up: readers pass over them, and landing decides them as dropped.</summary>
/// <param name="Hour">Receive hour, UTC: the segment's, or where that cannot be read its neighbour's.</param>
/// <param name="From">First ordinal.</param>
/// <param name="To">The ordinal after the last.</param>
/// <param name="File">The file they lay in.</param>
/// <param name="FromByte">The damaged part's first byte.</param>
/// <param name="ToByte">The byte after it.</param>
/// <param name="Sha256">Of the bytes that were found there, hexadecimal; null where the file was gone.</param>
/// <param name="At">When it was decided, UTC.</param>
/// <param name="By">By whom: the system's user.</param>
internal sealed record DroppedRange(DateTime Hour, long From, long To, string File, long FromByte, long ToByte, string? Sha256, DateTimeOffset At, string By);

internal static class DroppedRanges
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>In order of ordinals; they do not overlap.</summary>
    public static IReadOnlyList<DroppedRange> Read(StreamLocation stream)
    {
        var path = Layout.Dropped(stream.Folder);
        if (!stream.Disk.Exists(path)) return [];
        try
        {
            var ranges = JsonSerializer.Deserialize<List<DroppedRange?>>(SmallFile.Read(stream.Disk, path), Json);
            return ranges is null || ranges.Contains(null) ? throw JournalErrors.FileDamaged(path, "it holds null.") : [.. ranges.OfType<DroppedRange>()];
        }
        catch (JsonException e)
        {
            throw JournalErrors.FileDamaged(path, e.Message, e);
        }
    }

    public static void Add(StreamLocation stream, DroppedRange range)
    {
        var ranges = Read(stream).Append(range).OrderBy(r => r.From);
        stream.Disk.WriteWhole(Layout.Dropped(stream.Folder), JsonSerializer.SerializeToUtf8Bytes(ranges, Json));
    }

    /// <summary>The hours of <c>[from, to)</c> if all of it was dropped; null if not.</summary>
    public static IReadOnlyList<ReceivedHour>? Covering(this IReadOnlyList<DroppedRange> dropped, long from, long to)
    {
        var hours = new List<ReceivedHour>();
        foreach (var range in dropped)
        {
            if (from >= to || range.From > from) break;
            if (range.To <= from) continue;
            var end = Math.Min(to, range.To);
            hours.Add(new(range.Hour, from, end - from));
            from = end;
        }
        return from >= to ? hours : null;
    }
}
