using System.Globalization;
using Weir.Storage;

namespace Weir.Journal;

/// <summary>Names of folders and files; <c>docs/formats/journal.md</c> describes them.</summary>
internal static class Layout
{
    private const string HeadPrefix = "head-", RemovedPrefix = "removed-";

    public static string Journal(string data) => Path.Combine(data, "journal");
    public static string Keys(string data) => Path.Combine(data, "keys");
    public static string DropLock(string data) => Path.Combine(data, "run", "drop.lock");
    public static string Raw(string data) => Path.Combine(data, "raw");
    public static string Stream(string data, string source) => Path.Combine(data, "journal", source);
    public static string Identity(string streamFolder) => Path.Combine(streamFolder, "stream.json");
    public static string Head(string streamFolder, long lease) => Path.Combine(streamFolder, $"{HeadPrefix}{lease}");
    public static string Removed(string streamFolder, long lease) => Path.Combine(streamFolder, $"{RemovedPrefix}{lease}.json");
    public static string Dropped(string streamFolder) => Path.Combine(streamFolder, "dropped.json");

    /// <summary>The durable positions, by their writers' lease numbers.</summary>
    public static IReadOnlyList<(long Lease, string Path)> ListHeads(IDisk disk, string streamFolder) => ListByLease(disk, streamFolder, HeadPrefix, "");

    /// <summary>What each lander noted as removed, by its lease's number.</summary>
    public static IReadOnlyList<(long Lease, string Path)> ListRemoved(IDisk disk, string streamFolder) => ListByLease(disk, streamFolder, RemovedPrefix, ".json");

    private static IReadOnlyList<(long Lease, string Path)> ListByLease(IDisk disk, string streamFolder, string prefix, string extension) =>
    [
        .. disk.List(streamFolder, $"{prefix}*{extension}")
            .Select(path => (Lease: long.TryParse(Path.GetFileName(path.AsSpan())[prefix.Length..^extension.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var lease) ? lease : -1, path))
            .Where(file => file.Lease >= 0)
            .OrderBy(file => file.Lease),
    ];

    /// <summary>Its writer's lease number is in the name, so that no writer ever touches the name of another's segment.</summary>
    public static string Segment(string streamFolder, long first, long lease) => Path.Combine(streamFolder, $"{first:D20}-{lease}.seg");

    /// <summary>How a segment that is not there is named to people.</summary>
    public static string MissingSegment(string streamFolder, long first) => Path.Combine(streamFolder, $"{first:D20}-*.seg");

    /// <summary>The same segment, written anew under another lease.</summary>
    public static string WithLease(string segmentPath, long lease) =>
        Path.Combine(Path.GetDirectoryName(segmentPath)!, $"{Path.GetFileNameWithoutExtension(segmentPath)[..^(Lease(segmentPath).ToString(CultureInfo.InvariantCulture).Length)]}{lease}.seg");

    public static string RawFolder(string data, DateTime hour, string source) =>
        Path.Combine(data, "raw", $"date={hour:yyyy-MM-dd}", $"hour={hour:HH}", $"source={source}");

    /// <summary>In raw the name says the stream too: a journal that was begun anew counts from 0 again.</summary>
    public static string RawSegment(string folder, string streamId, long first, long lease) => Path.Combine(folder, $"{streamId}-{first:D20}-{lease}.seg");

    /// <exception cref="WeirException">WEIR2008: it is not a segment's name.</exception>
    public static long FirstOrdinal(string segmentPath) => Parse(segmentPath).First;

    /// <summary>The number of the lease under which a segment was written.</summary>
    /// <exception cref="WeirException">WEIR2008: it is not a segment's name.</exception>
    public static long Lease(string segmentPath) => Parse(segmentPath).Lease;

    private static (long First, long Lease) Parse(string segmentPath)
    {
        const int Digits = 20, WithStream = 36 + 1 + Digits; // in raw the stream's id comes first
        var name = Path.GetFileNameWithoutExtension(segmentPath.AsSpan());
        var dash = name.LastIndexOf('-');
        return dash is Digits or WithStream
            && long.TryParse(name[(dash - Digits)..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && long.TryParse(name[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var lease)
            ? (first, lease)
            : throw JournalErrors.UnknownFormat(segmentPath, $"a segment's name is its first ordinal, {Digits} digits, and its writer's lease number; a file that is no segment must be moved away");
    }

    /// <summary>The hour that the folders above a segment in raw say; null for one in the journal.</summary>
    public static DateTime? RawHour(string segmentPath)
    {
        var hour = Path.GetDirectoryName(Path.GetDirectoryName(segmentPath));
        var text = $"{Path.GetFileName(Path.GetDirectoryName(hour))}/{Path.GetFileName(hour)}";
        return DateTime.TryParseExact(text, "'date='yyyy-MM-dd'/hour='HH", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var utc) ? utc : null;
    }

    public static bool IsSource(string name) =>
        name.Length is > 0 and <= 100 && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-');
}
