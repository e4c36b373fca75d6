using Weir.Generate.Load;

namespace Weir.Output;

/// <summary>A load run's figures, for people and for programs.</summary>
internal static class LoadTable
{
    /// <summary>In a line, while it runs.</summary>
    public static string Line(LoadReport report) =>
        $"  {report.Elapsed.TotalSeconds,5:N0} s  {report.Accepted:N0} accepted, {report.Rate:N0}/s"
        + (report.Middle is { } middle ? $", p50 {Milliseconds(middle):0.##} ms, p99 {Milliseconds(report.Slow!.Value):0.##} ms" : "")
        + (report.Retries > 0 ? $", {report.Retries:N0} sent again" : "")
        + (report.Refused.Count > 0 ? $", {Refused(report)} given up" : "");

    /// <summary>In a row, at the end.</summary>
    public static Rows Rows(LoadReport report, LoadOptions options) => new(
        ["seconds", "requests", "events", "accepted", "duplicates", "malformed", "refused", "retries", "events_per_second", "requests_per_second", "mb_per_second", "p50_ms", "p99_ms", "seed"],
        [[
            Math.Round(report.Elapsed.TotalSeconds, 2), report.Requests, report.Events, report.Accepted, report.Copies, report.Malformed, report.Refused.Count == 0 ? "0" : Refused(report), report.Retries,
            (long)report.Rate, (long)(report.Rate / options.Batch), Math.Round(report.Bytes / 1e6 / Math.Max(0.001, report.Elapsed.TotalSeconds), 1),
            report.Middle is { } middle ? Milliseconds(middle) : null, report.Slow is { } slow ? Milliseconds(slow) : null, options.Seed,
        ]]);

    /// <summary>Why not all that should have been were accepted; null: they were.</summary>
    public static string? WhyNotAll(LoadReport report, LoadOptions options)
    {
        var planned = options.Requests * options.Batch ?? report.Events;
        if (report.Accepted >= planned && report.Accepted > 0) return null;
        var unsent = planned - report.Events;
        return $"Of {planned:N0} events {report.Accepted:N0} were accepted."
            + (report.Refused.Count > 0 ? $" Given up: {Refused(report)}." : "")
            + (unsent > 0 ? $" {unsent:N0} were never sent, because what was sent before took too long." : "")
            + " By status: 401 an unknown write key, 413 too large a batch, 429 and 503 longer away than --patience, 'no answer' no connection.";
    }

    private static string Refused(LoadReport report) => string.Join(", ", report.Refused.Select(r => $"{(r.Key == 0 ? "no answer" : r.Key)}: {r.Value}"));

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 2);
}
