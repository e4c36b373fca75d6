using System.Globalization;
using Weir.Studio.Text;
using YamlDotNet.RepresentationModel;

namespace Weir.Studio.Home.Config;

/// <summary>What home.yml may hold.</summary>
internal static class HomeSchema
{
    private static readonly Dictionary<string, FigureFormat> Formats = new()
    {
        ["number"] = FigureFormat.Number, ["count"] = FigureFormat.Count, ["money"] = FigureFormat.Money, ["percent"] = FigureFormat.Percent,
    };

    private static readonly Dictionary<string, Good> Goods = new() { ["up"] = Good.Up, ["down"] = Good.Down, ["neither"] = Good.Neither };

    public static HomeConfig Read(YamlNode root, Mistakes mistakes)
    {
        var fields = new YamlFields(root, "", mistakes, "title", "time_zone", "currency", "stale_after", "figures", "leaderboards", "changes");
        return new HomeConfig
        {
            Title = fields.Text("title"),
            TimeZone = fields.Parsed("time_zone", Zone, "an IANA time zone, for example Europe/Berlin"),
            Currency = fields.Parsed("currency", Currency, "three letters of ISO 4217, for example EUR") ?? "",
            StaleAfter = fields.Parsed("stale_after", Duration, "a number and s, min, h or d, for example 90min"),
            Figures = fields.Each("figures", (node, path) => ReadFigure(node, path, mistakes)),
            Leaderboards = fields.Each("leaderboards", (node, path) => ReadLeaderboard(node, path, mistakes)),
            ChangesTable = fields.One("changes", (node, path) => new YamlFields(node, path, mistakes, "table").Required("table")),
        };
    }

    private static FigureConfig ReadFigure(YamlNode node, string path, Mistakes mistakes)
    {
        var fields = new YamlFields(node, path, mistakes, "label", "table", "date", "value", "per", "compare", "format", "good");
        return new FigureConfig(
            fields.Required("label"), fields.Required("table"), fields.Required("date"), fields.Required("value"),
            fields.Text("per"), fields.Text("compare"), fields.OneOf("format", FigureFormat.Number, Formats), fields.OneOf("good", Good.Up, Goods));
    }

    private static LeaderboardConfig ReadLeaderboard(YamlNode node, string path, Mistakes mistakes)
    {
        var fields = new YamlFields(node, path, mistakes, "title", "table", "label", "value", "compare", "detail", "date", "format", "good", "limit");
        return new LeaderboardConfig(
            fields.Required("title"), fields.Required("table"), fields.Required("label"), fields.Required("value"),
            fields.Text("compare"), fields.Text("detail"), fields.Text("date"),
            fields.OneOf("format", FigureFormat.Number, Formats), fields.OneOf("good", Good.Up, Goods), fields.Integer("limit", 8, 1, 50));
    }

    internal static TimeZoneInfo? Zone(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;

    internal static string? Currency(string code) => code.Length == 3 && code.All(char.IsAsciiLetterUpper) ? code : null;

    private static TimeSpan? Duration(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        if (!int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0) return null;
        return text[digits..].Trim() switch
        {
            "s" => TimeSpan.FromSeconds(number),
            "min" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            "d" => TimeSpan.FromDays(number),
            _ => null,
        };
    }
}
