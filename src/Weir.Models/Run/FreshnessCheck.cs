using Weir.DuckDb;
using Weir.Models.Artifacts;
using Weir.Models.Context;
using Weir.Models.Jinja;
using Weir.Models.Project;
using Weir.Models.Select;

namespace Weir.Models.Run;

/// <summary>Asks sources how old their latest row is, against <c>warn_after</c> and <c>error_after</c>.</summary>
internal sealed class FreshnessCheck(LoadedProject project, BuildRequest request, DuckDBConnection warehouse, TimeProvider clock)
{
    public IReadOnlyList<SourceFreshness> Run(CancellationToken cancellation)
    {
        var compiler = new Compiler(project, warehouse, new Invocation("freshness", _ => { }, clock), _ => false);
        try
        {
            var chosen = Selection.Choose(project, request, []);
            var found = new List<(Node Node, SourceFreshness Freshness)>();
            foreach (var node in project.Graph.Nodes.Where(node => node.IsSource && chosen.Contains(node.UniqueId) && Threshold(node, "warn_after") is not null | Threshold(node, "error_after") is not null))
            {
                cancellation.ThrowIfCancellationRequested();
                found.Add((node, Check(node, compiler)));
            }

            if (request.TargetFolder is { } folder)
                ArtifactJson.Write(Path.Combine(folder, "sources.json"), SourcesJson.Of(found, clock.GetUtcNow()));
            return [.. found.Select(pair => pair.Freshness)];
        }
        finally
        {
            compiler.Close();
        }
    }

    /// <summary>Count and period; null when there is none.</summary>
    public static TimeSpan? Threshold(Node node, string key)
    {
        if (node.Config.Find("freshness")?.Value is not IReadOnlyDictionary<string, object?> freshness || freshness.GetValueOrDefault(key) is not IReadOnlyDictionary<string, object?> threshold
            || threshold.GetValueOrDefault("count") is not long count)
            return null;
        return threshold.GetValueOrDefault("period") switch { "minute" => TimeSpan.FromMinutes(count), "hour" => TimeSpan.FromHours(count), "day" => TimeSpan.FromDays(count), _ => null };
    }

    private SourceFreshness Check(Node node, Compiler compiler)
    {
        try
        {
            if (Query(node, compiler) is not { } sql)
                return new SourceFreshness(node.UniqueId, NodeStatus.Error, null, null, $"{node.File}:{node.Line}: WEIR7045 {node.Name} has a freshness and no `loaded_at_field`: name the column with the time of loading.");
            var loaded = warehouse.Query(sql, row => row.IsDBNull(0) ? (DateTime?)null : row.GetDateTime(0)) is [var first, ..] ? first : null;
            var age = loaded is { } at ? clock.GetUtcNow().UtcDateTime - at : (TimeSpan?)null;
            var status = Late(node, "error_after", age) ? NodeStatus.Fail : Late(node, "warn_after", age) ? NodeStatus.Warn : NodeStatus.Pass;
            var message = status == NodeStatus.Pass ? "" : age is null ? "it has no rows" : $"the latest row is {age.Value.TotalHours:N1} hours old";
            return new SourceFreshness(node.UniqueId, status, loaded, age, message);
        }
        catch (Exception wrong) when (wrong is DuckDBException or JinjaException)
        {
            var text = wrong is JinjaException template ? JinjaErrorText.Of(template, node, project) : $"{node.File}:{node.Line}: WEIR7045 {wrong.Message}\n  Correct loaded_at_field (a column, or an expression over the source), loaded_at_query or filter; quote a reserved word.";
            return new SourceFreshness(node.UniqueId, NodeStatus.Error, null, null, text);
        }
    }

    private static bool Late(Node node, string key, TimeSpan? age) => Threshold(node, key) is { } most && (age is null || age > most);

    private static string? Query(Node node, Compiler compiler)
    {
        if (node.Config.Text("loaded_at_query") is { } query)
            return $"select cast(({compiler.RenderFor(node, query)}) as timestamp)";
        if (node.Config.Text("loaded_at_field") is not { } field)
            return null;
        var filter = (node.Config.Find("freshness")?.Value as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault("filter") is string text ? $" where {text}" : "";
        return compiler.RenderFor(node, $"select cast(max({field}) as timestamp) from {{{{ this }}}}{filter}");
    }
}
