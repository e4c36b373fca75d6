namespace Weir.Generate.Load;

/// <summary>How a load run went, or goes.</summary>
/// <param name="Elapsed">From its first request on.</param>
/// <param name="Requests">Requests that came to an end: taken, or given up.</param>
/// <param name="Events">Their events.</param>
/// <param name="Accepted">Those of requests answered 2xx.</param>
/// <param name="Copies">Of the accepted: those that were accepted before.</param>
/// <param name="Malformed">Of the accepted: malformed ones.</param>
/// <param name="Bytes">Bytes of the accepted bodies, as made.</param>
/// <param name="Retries">Attempts that were refused for the time being and made again.</param>
/// <param name="Refused">Events given up, by the status of the last answer; 0: there was none.</param>
/// <param name="Middle">The time in which half of the requests answered 2xx were, each attempt measured for itself; null: none was.</param>
/// <param name="Slow">The same for 99 of 100.</param>
public sealed record LoadReport(
    TimeSpan Elapsed, long Requests, long Events, long Accepted, long Copies, long Malformed, long Bytes, long Retries, IReadOnlyDictionary<int, long> Refused, TimeSpan? Middle, TimeSpan? Slow)
{
    /// <summary>Accepted events a second.</summary>
    public double Rate => Accepted / Math.Max(0.001, Elapsed.TotalSeconds);
}
