using System.Globalization;
using Weir.DuckDb;
using Weir.Lake.Writing;

namespace Weir.Lake;

/// <summary>The data files of a snapshot, as they lie on the disk.</summary>
public static class LakeFiles
{
    private const int FetchedAtOnce = 64;

    /// <summary>The full path of a table's file.</summary>
    public static string PathOf(TableSnapshot table, AddFile file) => Path.Combine(table.Folder, LogPaths.Decode(file.Path));

    /// <summary>A table's file, as its disk knows it.</summary>
    internal static StoredFile Stored(TableSnapshot table, AddFile file) => new(PathOf(table, file), file.Size);

    /// <summary>A file's length in bytes; null if it is gone.</summary>
    public static long? LengthOf(TableSnapshot table, AddFile file) => table.Disk is { } disk ? disk.LengthOf(PathOf(table, file)) : new FileInfo(PathOf(table, file)) is { Exists: true } found ? found.Length : null;

    /// <summary>Puts files of a table where SQL can read them under their paths, while the result is held. Views do so themselves; this is for whoever names files, or reads more of them than fit at once.</summary>
    public static IDisposable? Hold(TableSnapshot table, IEnumerable<AddFile> files) => table.Disk is { IsLocal: false } disk ? disk.Hold([.. files.Select(f => Stored(table, f))]) : null;

    /// <summary>Files of a table in as many parts as may be fetched at once: one, where nothing need be fetched.</summary>
    public static IEnumerable<IReadOnlyList<AddFile>> Batches(TableSnapshot table, IReadOnlyList<AddFile> files) => table.Disk is { IsLocal: false } ? files.Chunk(FetchedAtOnce) : [files];

    /// <summary>When the hour or day of a file's partition ends, UTC; one without a time never does.</summary>
    public static DateTimeOffset EndOf(AddFile file)
    {
        if (!file.PartitionValues.TryGetValue("date", out var day)
            || !DateTime.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var begin)) return DateTimeOffset.MaxValue;
        var end = file.PartitionValues.TryGetValue("hour", out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var hour) ? begin.AddHours(hour + 1) : begin.AddDays(1);
        return new DateTimeOffset(end, TimeSpan.Zero);
    }

    /// <summary>How many rows the log says that a file has.</summary>
    public static long CountRows(AddFile file) => Upkeep.Rewriting.NumRecords(file);

    /// <summary>How many rows each file holds, by its own footer; keys are full paths.</summary>
    /// <exception cref="DuckDBException">One of them is missing, or no Parquet file.</exception>
    public static IReadOnlyDictionary<string, long> CountRows(DuckDBConnection connection, TableSnapshot table, IEnumerable<AddFile> files)
    {
        var all = files.ToList();
        using var held = Hold(table, all);
        var list = string.Join(", ", all.Select(f => Sql.FilePattern(PathOf(table, f))));
        return connection.Query($"SELECT file_name, num_rows FROM parquet_file_metadata([{list}])", r => (r.GetString(0), r.GetInt64(1)))
            .ToDictionary(r => r.Item1, r => r.Item2, StringComparer.Ordinal);
    }
}
