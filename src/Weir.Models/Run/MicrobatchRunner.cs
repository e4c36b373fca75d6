using System.Globalization;
using Weir.DuckDb;
using Weir.Models.Context;
using Weir.Models.Materialize;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary>
/// A model in batches of time, dbt's <c>microbatch</c>: each batch is compiled and made on its own, and replaces the rows of its time. On a later
/// run those are the last one and <c>lookback</c> before it. A batch that fails fails the model: nothing of it is published. Where nodes are published one by one, the other batches are, as in dbt.
/// </summary>
internal sealed class MicrobatchRunner(BuildRequest request, BuildState state, Warehouse warehouse, TimeProvider clock)
{
    /// <param name="compile">Compiles the model for a batch.</param>
    /// <param name="tell">What to say of an error in a batch's SQL.</param>
    public async Task<Made> MakeAsync(Outcome outcome, Func<CompileFor, string> compile, Func<DuckDBException, string> tell, CancellationToken cancellation)
    {
        var node = outcome.Node;
        var incremental = state.IsIncremental(node);
        outcome.Batches = Batches(node, incremental);
        var time = node.Config.Text("event_time")!;
        var into = incremental ? warehouse.Given(node) : warehouse.Aside(node);
        var first = true;
        foreach (var batch in outcome.Batches)
        {
            try
            {
                var sql = compile(new CompileFor { Incremental = incremental || !first, Batch = batch });
                // As in dbt, the batch that makes a table keeps every row, the later ones only those of their time.
                var rows = first && !incremental ? $"\n{sql}\n" : $"select * from (\n{sql}\n) as weir_batch where {batch.Holds(time)}";
                if (!first)
                    await warehouse.ExecuteAsync($"delete from {into} where {batch.Holds(time)}", cancellation);
                await warehouse.ExecuteAsync(first ? $"create table {into} as ({rows})" : $"insert into {into} by name ({rows})", cancellation);
                first = false;
            }
            catch (DuckDBException wrong) when (!first && !state.IsTogether && !cancellation.IsCancellationRequested)
            {
                outcome.FailedBatches.Add(batch);
                outcome.Status = NodeStatus.PartialSuccess;
                outcome.Message = $"{outcome.Batches.Count - outcome.FailedBatches.Count} of {outcome.Batches.Count} batches are published; of {outcome.FailedBatches[0].Id}: {tell(wrong)}";
            }
        }

        if (!incremental)
            return new Made(await warehouse.SingleAsync($"select count(*) from {into}", row => row.GetInt64(0), cancellation));
        var removed = outcome.FailedBatches.Count == 0 && request.OnlyBatches.Count == 0
            ? (outcome.Batches[0] with { End = outcome.Batches[^1].End }).Holds(time)
            : string.Join(" or ", outcome.Batches.Except(outcome.FailedBatches).Select(batch => $"({batch.Holds(time)})"));
        return await new DeltaMaker(warehouse, request.CopyBelow).FinishAsync(node, new Matching("weir_published", removed), null, node.Config.Text("on_schema_change") ?? "ignore", cancellation);
    }

    private List<Batch> Batches(Node node, bool incremental)
    {
        var size = node.Config.Text("batch_size")!;
        if (request.OnlyBatches.TryGetValue(node.UniqueId, out var only))
            return [.. only.Select(batch => new Batch(Id(batch.Start, size), batch.Start, batch.End))];
        var now = clock.GetUtcNow().UtcDateTime;
        var end = request.EventTimeEnd ?? Next(Floor(now, size), size);
        var begin = Floor(DateTime.Parse(node.Config.Text("begin")!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal), size);
        var lookback = int.Parse(node.Config.Text("lookback") ?? "1", CultureInfo.InvariantCulture);
        var start = request.EventTimeStart is { } given ? Floor(given, size) : incremental ? Back(Floor(end.AddTicks(-1), size), size, lookback) : begin;
        var batches = new List<Batch>();
        for (var at = start < begin && request.EventTimeStart is null ? begin : start; at < end; at = Next(at, size))
            batches.Add(new Batch(Id(at, size), at, Next(at, size)));
        return batches.Count > 0 ? batches : throw new WeirException("WEIR7075", $"there is no batch between {start:yyyy-MM-dd HH:mm} and {end:yyyy-MM-dd HH:mm}: look at 'begin', --event-time-start and --event-time-end.");
    }

    private static string Id(DateTime at, string size) => at.ToString(size switch { "hour" => "yyyyMMddTHH", "day" => "yyyyMMdd", "month" => "yyyyMM", _ => "yyyy" }, CultureInfo.InvariantCulture);

    private static DateTime Floor(DateTime time, string size) => size switch
    {
        "hour" => new DateTime(time.Year, time.Month, time.Day, time.Hour, 0, 0, DateTimeKind.Utc),
        "day" => time.Date,
        "month" => new DateTime(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Utc),
        _ => new DateTime(time.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc),
    };

    private static DateTime Next(DateTime time, string size) => Back(time, size, -1);

    private static DateTime Back(DateTime time, string size, int many) => size switch
    {
        "hour" => time.AddHours(-many),
        "day" => time.AddDays(-many),
        "month" => time.AddMonths(-many),
        _ => time.AddYears(-many),
    };
}
