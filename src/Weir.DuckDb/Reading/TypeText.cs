using System.Text.RegularExpressions;

namespace Weir.DuckDb.Reading;

/// <summary>The members of a STRUCT or UNION type as DuckDB writes them: a name is quoted if it is not plain, or a keyword of any kind.</summary>
internal static partial class TypeText
{
    // DuckDB's own list, asked for once and only when a type is written out.
    private static readonly Lazy<HashSet<string>> Keywords = new(() =>
    {
        using var connection = new DuckDBConnection("Data Source=:memory:;threads=1");
        connection.Open();
        return [.. connection.Query("select keyword_name from duckdb_keywords()", row => row.GetString(0))];
    });

    public static string Members(string[] names, VectorReader[] readers) =>
        string.Join(", ", names.Zip(readers, (name, reader) => $"{Quote(name)} {reader.TypeName}"));

    private static string Quote(string name) => Plain().IsMatch(name) && !Keywords.Value.Contains(name)
        ? name
        : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex("^[a-z_][a-z0-9_]*$")]
    private static partial Regex Plain();
}
