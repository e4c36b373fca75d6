using Weir.DuckDb;
using Weir.Lake.Writing;

namespace Weir.Lake;

/// <summary>The data files of a snapshot, as they lie on the disk.</summary>
public static class LakeFiles
{
    /// <summary>The full path of a table's file.</summary>
    public static string PathOf(TableSnapshot table, AddFile file) => Path.Combine(table.Folder, LogPaths.Decode(file.Path));

    /// <summary>How many rows each file holds, by its own footer; keys are full paths.</summary>
    /// <exception cref="DuckDBException">One of them is missing, or no Parquet file.</exception>
    public static IReadOnlyDictionary<string, long> CountRows(DuckDBConnection connection, TableSnapshot table, IEnumerable<AddFile> files)
    {
        var list = string.Join(", ", files.Select(f => Sql.FilePattern(PathOf(table, f))));
        return connection.Query($"SELECT file_name, num_rows FROM parquet_file_metadata([{list}])", r => (r.GetString(0), r.GetInt64(1)))
            .ToDictionary(r => r.Item1, r => r.Item2, StringComparer.Ordinal);
    }
}
