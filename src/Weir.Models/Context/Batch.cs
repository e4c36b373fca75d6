namespace Weir.Models.Context;

/// <summary>One batch of a microbatch model.</summary>
/// <param name="Id">As dbt names it: <c>20240101</c> for a day, <c>202401</c> for a month.</param>
/// <param name="Start">Its first moment, UTC.</param>
/// <param name="End">The moment after its last.</param>
internal sealed record Batch(string Id, DateTime Start, DateTime End)
{
    /// <summary>A condition on rows with that time.</summary>
    public string Holds(string column) => $"{column} >= '{Start:yyyy-MM-dd HH:mm:ss}+00:00' and {column} < '{End:yyyy-MM-dd HH:mm:ss}+00:00'";
}
