using System.Text.RegularExpressions;
using Weir.DuckDb.Native;

namespace Weir.DuckDb.Databases;

internal static partial class DatabaseOpener
{
    public static unsafe DatabaseHandle Open(DatabaseAddress address)
    {
        NativeLibraryFile.EnsureLoaded();
        var path = address.Path ?? DatabaseAddress.Memory;
        if (NativeMethods.duckdb_create_config(out var config) != 0)
            throw new DuckDBException("Out of Memory Error: DuckDB could not allocate its configuration");
        try
        {
            foreach (var (name, value) in address.Settings)
                if (NativeMethods.duckdb_set_config(config, name, value) != 0)
                    throw new DuckDBException($"Invalid Configuration Error: DuckDB refused the setting {name}={value} for {path}");
            if (NativeMethods.duckdb_open_ext(path, out var database, config, out var error) != 0)
                throw Failure(path, Utf8.Take((byte*)error));
            return new DatabaseHandle(database);
        }
        finally
        {
            NativeMethods.duckdb_destroy_config(ref config);
        }
    }

    /// <summary>Tells a file that another process holds from all else.</summary>
    internal static Exception Failure(string path, string error)
    {
        if (!InUse().IsMatch(error))
            return new DuckDBException(error);
        var owner = Owner().Match(error);
        var who = owner.Success ? $"process {owner.Groups["pid"]} ({owner.Groups["program"]})" : "another process";
        return new WeirException("WEIR8001",
            $"{path} is open in {who}; DuckDB lets one process at a time open a database file, for reading too. " +
            $"Ask that process, or stop it and try again. DuckDB says: {error}", new DuckDBException(error));
    }

    [GeneratedRegex("Could not set lock on file|being used by another process")]
    private static partial Regex InUse();

    [GeneratedRegex(@"held in (?<program>.+?) \(PID (?<pid>\d+)\)")]
    private static partial Regex Owner();
}
