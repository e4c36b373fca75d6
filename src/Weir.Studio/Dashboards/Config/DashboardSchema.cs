using Weir.Studio.Home.Config;
using Weir.Studio.Time;
using YamlDotNet.RepresentationModel;

namespace Weir.Studio.Dashboards.Config;

/// <summary>What a dashboard's file may hold.</summary>
internal static class DashboardSchema
{
    private static readonly Dictionary<string, TileKind> Kinds = Enum.GetValues<TileKind>().ToDictionary(k => k.ToString().ToLowerInvariant());
    private static readonly Dictionary<string, TileWidth> Widths = Enum.GetValues<TileWidth>().ToDictionary(w => w.ToString().ToLowerInvariant());

    private static readonly Dictionary<string, string> Icons = new()
    {
        ["dashboard"] = "layout-dashboard", ["trend"] = "trending-up", ["campaign"] = "speakerphone", ["product"] = "package", ["people"] = "users",
    };

    public static DashboardConfig Read(YamlNode root, Mistakes mistakes, string file)
    {
        var fields = new YamlFields(root, "", mistakes, "title", "asks", "icon", "order", "currency", "range", "figures", "tiles");
        return new DashboardConfig
        {
            Title = fields.Required("title"),
            Asks = fields.Text("asks") ?? "",
            Icon = fields.OneOf("icon", "layout-dashboard", Icons),
            Order = fields.Integer("order", 100, 0, 1000),
            Currency = fields.Parsed("currency", HomeSchema.Currency, "three letters of ISO 4217, for example EUR"),
            Range = fields.OneOf("range", "28d", TimeChoice.PageNames.ToDictionary(n => n.Key, n => n.Key)),
            Figures = fields.Texts("figures"),
            Tiles = fields.Each("tiles", (node, path) => ReadTile(node, path, mistakes, file)),
        };
    }

    private static TileConfig ReadTile(YamlNode node, string path, Mistakes mistakes, string file)
    {
        var fields = new YamlFields(node, path, mistakes, "kind", "title", "metric", "metrics", "by", "detail", "size", "complete", "where", "limit", "width");
        fields.Required("kind");
        var kind = fields.OneOf("kind", TileKind.Line, Kinds);
        var tile = new TileConfig
        {
            Kind = kind,
            Title = fields.Text("title"),
            Metrics = [.. fields.Texts("metric"), .. fields.Texts("metrics")],
            By = fields.Texts("by"),
            Detail = fields.Text("detail"),
            Size = fields.Text("size"),
            Complete = fields.Text("complete"),
            Where = fields.Texts("where"),
            Limit = fields.Integer("limit", kind == TileKind.Table ? 50 : 8, 1, 500),
            Width = fields.OneOf("width", kind is TileKind.Leaderboard ? TileWidth.Half : TileWidth.Full, Widths),
            Place = $"{path} in {file}",
        };
        if (tile.Metrics.Count == 0) fields.Wrong("metric", "is missing: name the metric that is shown");
        var splits = (kind, tile.By.Count) switch
        {
            (TileKind.Leaderboard, not 1) => "must name the dimension whose values are listed",
            (TileKind.Retention, not 2) => "must name two dimensions: the cohort, and how much later",
            (TileKind.Line or TileKind.Bars, > 1) => "may name one dimension",
            (TileKind.Funnel, > 0) => "has no place in a funnel: its steps are metrics",
            _ => null,
        };
        if (splits is not null) fields.Wrong("by", splits);
        if (kind == TileKind.Funnel && tile.Metrics.Count < 2) fields.Wrong("metrics", "must list the steps of the funnel, at least two");
        if (kind == TileKind.Retention && tile.Size is null) fields.Wrong("size", "is missing: the metric that counts the cohort");
        return tile;
    }
}
