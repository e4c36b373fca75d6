using System.Globalization;
using Weir.Land.Tap;
using Weir.Land.Trace;
using Weir.Output;

namespace Weir.Commands.Live;

/// <summary>Traced copies: for people a line each with the steps of its way below it; as rows one each.</summary>
internal sealed class TraceLines(IReadOnlyList<TracedCopy> copies, IReadOnlyDictionary<string, IReadOnlyList<string>> readers)
{
    private static readonly string[] Columns =
        ["event_id", "source", "event", "fate", "reason", "detail", "duplicate_of", "received_at", "stream", "position", "dialect", "request_event", "request_events", "file_loaded", "committed_from", "committed_to", "committed_at", "ledger_version", "table", "file", "file_row", "models"];

    public Rows Rows() => new(Columns, [.. copies.Select(c => (IReadOnlyList<object?>)
    [
        c.EventId.ToString("D"), c.Source, c.Event, c.Fate.Kind, c.Fate.Reason, c.Fate.Detail, c.Of is { } of ? $"{of.Stream}:{of.Position}" : null, c.ReceivedAt, c.Stream, c.Position,
        c.Request?.Dialect, c.Request?.Number, c.Request is { Count: > 0 } request ? request.Count : null, c.Request?.File, c.Decision?.From, c.Decision?.To, c.Decision?.CommittedAt, c.Decision?.Version,
        c.Row?.Table, c.Row?.File, c.Row?.Number, c.Row is { } row ? readers.GetValueOrDefault(row.Table, []) : null,
    ])]);

    public void Write(TextWriter output, bool hasColours)
    {
        foreach (var copy in copies)
        {
            var (mark, colour) = FateMark.Of(copy.Fate.Kind);
            var fate = $"{mark} {copy.Fate.Kind,-11}";
            output.WriteLine($"{Terminal.Colour(fate, colour, hasColours)}  {copy.Source}  {copy.Event ?? "?"}  {copy.EventId:D}  received {Time(copy.ReceivedAt)}");
            foreach (var (name, words) in Steps(copy)) output.WriteLine($"    {name,-8}  {words}");
        }
    }

    private IEnumerable<(string Name, string Words)> Steps(TracedCopy copy)
    {
        yield return ("request", copy.Request switch
        {
            null => "its segment left the journal after landing",
            { File: { } file } request => $"line {request.Number:N0} of {file} ({request.Dialect})",
            var request => $"event {request.Number:N0} of {request.Count:N0} ({request.Dialect})",
        });
        yield return ("stream", $"{copy.Stream}, position {copy.Position}");
        if (copy.Decision is { } decision)
            yield return ("ledger", $"positions {decision.From} to {decision.To - 1}, committed {Time(decision.CommittedAt)}{(decision.Version is { } version ? $" in version {version}" : "; that commit's log entry has been cleaned")}");
        else
            yield return ("ledger", "waits for the next commit");
        if (copy.Fate.Reason is { } reason) yield return ("reason", copy.Fate.Kind == Fate.Quarantined ? $"{reason}: {copy.Fate.Detail} (docs/errors/{reason}.md)" : reason);
        if (copy.Fate.Kind == Fate.Duplicate)
            yield return ("copy of", copy.Of is { } of ? $"position {of.Position}{(of.Stream == copy.Stream ? "" : $" of stream {of.Stream}")}, received {Time(of.ReceivedAt)}" : "one that has landed, and is not in the lake any more");
        if (copy.Row is not { } row) yield break;
        yield return ("row", $"lake.{row.Table}, row {row.Number} of lake/{row.File}");
        var models = readers.GetValueOrDefault(row.Table, []);
        yield return ("models", models.Count > 0 ? string.Join(", ", models) : "none reads it");
    }

    private static string Time(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
