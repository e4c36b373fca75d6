using System.Data.Common;

namespace Weir.DuckDb.Databases;

/// <summary>What a connection string says: a file or a private in-memory database, and settings for DuckDB.</summary>
/// <param name="Path">The full path of the file; null for an in-memory database.</param>
/// <param name="Settings">DuckDB's settings by lower-case name.</param>
internal sealed record DatabaseAddress(string? Path, IReadOnlyDictionary<string, string> Settings)
{
    public const string Memory = ":memory:";

    /// <exception cref="ArgumentException">The text is not a connection string, or names no data source.</exception>
    public static DatabaseAddress Parse(string connectionString)
    {
        var builder = new DbConnectionStringBuilder { ConnectionString = connectionString };
        string? source = null;
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string key in builder.Keys)
        {
            var name = key.ToLowerInvariant();
            var value = (string)builder[key];
            if (name is "data source" or "datasource")
                source = value;
            else
                settings[name] = value;
        }
        if (string.IsNullOrWhiteSpace(source))
            throw new ArgumentException($"The connection string \"{connectionString}\" names no database: write \"Data Source=<file>\" or \"Data Source={Memory}\".", nameof(connectionString));
        return new DatabaseAddress(source == Memory ? null : Resolve(source), settings);
    }

    // Two ways to one file must be one database: DuckDB refuses a second instance of it.
    private static string Resolve(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        return File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
    }
}
