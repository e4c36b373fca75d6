using System.Diagnostics;
using Weir.DuckDb;

namespace Weir.Bench.Land;

/// <summary>DuckDB alone, as a person would write it: read_json with the columns' types, the first copy of each id in its hour, partitioned Parquet. Nothing is synced or committed.</summary>
internal static class DuckDbRun
{
    public static (TimeSpan, TimeSpan, long, string) Land(string lines, string to)
    {
        Directory.CreateDirectory(to);
        using var connection = new DuckDBConnection("Data Source=:memory:;preserve_insertion_order=false");
        connection.Open();
        connection.Execute("SET TimeZone = 'UTC'");
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        connection.Execute(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "duckdb.sql")).Replace("{lines}", lines).Replace("{to}", to));
        var (time, processor) = (watch.Elapsed, Environment.CpuUsage.TotalTime - before);
        return (time, processor, connection.Scalar<long>($"SELECT count(*) FROM '{to}/**/*.parquet'"), "");
    }
}
