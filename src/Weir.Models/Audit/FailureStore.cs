using Weir.Models.Context;
using Weir.Models.Materialize;
using Weir.Models.Project;

namespace Weir.Models.Audit;

/// <summary>Where tests keep the rows they find: <c>store_failures</c>, or <c>store_failures_as</c> table or view.</summary>
internal static class FailureStore
{
    /// <returns><c>table</c> or <c>view</c>; null when the test keeps nothing.</returns>
    public static string? KindOf(Node test, bool always)
    {
        if (test.Config.Text("store_failures_as") is { } kind)
            return kind.ToLowerInvariant() is "ephemeral" ? null : kind.ToLowerInvariant();
        return always || (test.Config.Flag("store_failures", new Problems()) ?? false) ? "table" : null;
    }

    /// <summary>Keeps the rows of a test's SQL.</summary>
    /// <returns>The relation that holds them.</returns>
    public static async Task<string> KeepAsync(Node test, string kind, string sql, Warehouse warehouse, CancellationToken cancellation)
    {
        var relation = new RelationValue(warehouse.Database, test.Schema, test.Alias).ToString();
        if (warehouse.Relations().TryGetValue($"{test.Schema}.{test.Alias}", out var before) && before != kind)
            warehouse.Execute($"drop {before} {relation}");
        await warehouse.ExecuteAsync($"create or replace {kind} {relation} as (\n{sql}\n)", cancellation);
        return relation;
    }
}
