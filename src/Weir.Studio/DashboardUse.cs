using Weir.Studio.Dashboards.Config;

namespace Weir.Studio;

/// <summary>Where a dashboard shows a metric.</summary>
/// <param name="Place">The tile: <c>tiles[2] in dashboards/product.yml</c>.</param>
/// <param name="Metric">The metric's name.</param>
public sealed record DashboardUse(string Place, string Metric)
{
    /// <summary>All uses of a project's dashboards; a file with mistakes has none, the Studio tells them.</summary>
    public static IReadOnlyList<DashboardUse> Read(string projectFolder) => [.. DashboardFile.List(projectFolder).SelectMany(page => Of(projectFolder, page.Name))];

    private static IEnumerable<DashboardUse> Of(string projectFolder, string page)
    {
        DashboardConfig? config;
        try
        {
            config = DashboardFile.Read(projectFolder, page);
        }
        catch (WeirException)
        {
            yield break;
        }
        foreach (var (metric, i) in config!.Figures.Select((m, i) => (m, i))) yield return new DashboardUse($"figures[{i}] in dashboards/{page}.yml", metric);
        foreach (var tile in config.Tiles)
            foreach (var metric in tile.Metrics.Append(tile.Detail).Append(tile.Size).OfType<string>()) yield return new DashboardUse(tile.Place, metric);
    }
}
