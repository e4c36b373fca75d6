namespace Weir.DuckDb;

/// <summary>What one query of a person may use at most. Memory and spilled bytes are the whole database's (DuckDB's <c>memory_limit</c> and <c>max_temp_directory_size</c>).</summary>
public sealed record QueryLimits
{
    /// <summary>The longest a query may run, reading its rows included; zero for no limit.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The most rows a query may give; zero for no limit.</summary>
    public long MaxRows { get; init; } = 1_000_000;
}
