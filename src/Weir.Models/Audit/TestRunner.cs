using Weir.Models.Materialize;
using Weir.Models.Project;

namespace Weir.Models.Audit;

/// <summary>What a test found.</summary>
/// <param name="Relation">Where the rows are kept; null when they are not.</param>
internal sealed record TestOutcome(NodeStatus Status, long Failures, string Message, string? Relation);

/// <summary>Runs a test's SQL and judges the count by its severity and conditions, as dbt does.</summary>
internal static class TestRunner
{
    /// <summary>How many lines stand before the test's own SQL in what is sent.</summary>
    public const int LinesBefore = 1;

    /// <param name="store">Whether its rows are kept, as <c>table</c> or <c>view</c>.</param>
    /// <param name="warnError">Whether a warning is a failure.</param>
    public static async Task<TestOutcome> RunAsync(Node test, string sql, string? store, bool warnError, Warehouse warehouse, CancellationToken cancellation)
    {
        var config = test.Config;
        var calculation = config.Text("fail_calc") ?? "count(*)";
        var (warnIf, errorIf) = (config.Text("warn_if") ?? "!= 0", config.Text("error_if") ?? "!= 0");
        var limit = config.Text("limit") is { } most ? $"\nlimit {most}" : "";
        var kept = store is null ? null : await FailureStore.KeepAsync(test, store, sql, warehouse, cancellation);
        sql = kept is null ? sql : $"select * from {kept}";
        var found = await warehouse.SingleAsync(
            $"select coalesce({calculation}, 0)::bigint, coalesce({calculation} {warnIf}, false), coalesce({calculation} {errorIf}, false) from (\n{sql}{limit}\n) as weir_test",
            row => (Failures: row.GetInt64(0), Warn: row.GetBoolean(1), Error: row.GetBoolean(2)), cancellation);
        var severe = !string.Equals(config.Text("severity"), "warn", StringComparison.OrdinalIgnoreCase);
        var results = found.Failures == 1 ? "1 result" : $"{found.Failures} results";
        if (severe && found.Error)
            return new TestOutcome(NodeStatus.Fail, found.Failures, $"Got {results}, configured to fail if {errorIf}", kept);
        return found.Warn
            ? new TestOutcome(warnError ? NodeStatus.Fail : NodeStatus.Warn, found.Failures, $"Got {results}, configured to warn if {warnIf}", kept)
            : new TestOutcome(NodeStatus.Pass, 0, "", kept); // rows that the conditions allow are no failures
    }
}
