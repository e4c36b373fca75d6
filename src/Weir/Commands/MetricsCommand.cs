using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Weir.Insight;
using Weir.Models;
using Weir.Output;
using Weir.Roles;

namespace Weir.Commands;

/// <summary><c>weir metrics list</c> and <c>weir metrics query NAME…</c>.</summary>
internal static partial class MetricsCommand
{
    private static readonly Argument<string[]> Names = new("METRIC") { Description = "The metrics, by name; each becomes a column", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string[]> By = new("--by") { Description = "Split by metric_time or dimensions: customer__country, or only country", AllowMultipleArgumentsPerToken = true, HelpName = "DIM" };
    private static readonly Option<string?> Width = new("--grain") { Description = "Split by time: hour, day, week, month, quarter, year", HelpName = "GRAIN" };
    private static readonly Option<string?> From = new("--from") { Description = "The first day, or moment, of the business's clock", HelpName = "TIME" };
    private static readonly Option<string?> To = new("--to") { Description = "The last day; a moment is the first after", HelpName = "TIME" };
    private static readonly Option<string[]> Where = new("--where") { Description = "A condition: country=DE, or {{ Dimension('customer__country') }} in ('DE', 'AT')", HelpName = "CONDITION" };
    private static readonly Option<MetricsAgainst> Compare = new("--compare") { Description = "What each value is compared with, in a column name__previous", DefaultValueFactory = _ => MetricsAgainst.None };
    private static readonly Option<int?> Limit = new("--limit") { Description = "The most rows", HelpName = "N" };
    private static readonly Option<bool> Sql = new("--sql") { Description = "Show the SELECT, and do not run it" };

    public static Command Create()
    {
        var list = new Command("list", "List the metrics, what they mean and by what they can be split").Does((result, _) =>
        {
            var settings = result.Settings();
            List(MetricCatalogue.Load(ModelProject.Load(settings.Folder, null, settings.Environment)), result.GetValue(CommonOptions.Format));
            return Task.FromResult(ExitCodes.Ok);
        });
        var query = new Command("query", "Ask metrics").With(Names, By, Width, From, To, Where, Compare, Limit, Sql).DoesInOwner(
            (result, _) => Task.FromResult(result), (result, _) => [.. result.Tokens.Select(token => token.Value)], (result, _, warehouse, workspace, cancellationToken) => QueryAsync(result, warehouse, workspace, cancellationToken));
        return new Command("metrics", "What the figures mean, and what they are") { list, query };
    }

    private static async Task<int> QueryAsync(ParseResult result, Roles.Ownership.OwnedWarehouse warehouse, Workspace workspace, CancellationToken cancellationToken)
    {
        var settings = workspace.Settings;
        var compiled = MetricCatalogue.Load(ModelProject.Load(settings.Folder, null, settings.Environment)).Compile(Query(result, settings.TimeZone));
        if (result.GetValue(Sql))
        {
            CommandOutput.Out.WriteLine(compiled.Sql);
            return ExitCodes.Ok;
        }
        return await QueryCommand.TellAsync(compiled.Sql, result.GetValue(CommonOptions.Format), warehouse, workspace, cancellationToken);
    }

    private static void List(MetricCatalogue catalogue, OutputFormat format)
    {
        var rows = format == OutputFormat.Table
            ? new Rows(["metric", "label", "type", "grain", "split by"], [.. catalogue.Metrics.Select(m => (IReadOnlyList<object?>)
                [m.Name, m.Label, m.Type, m.Grain.Name(), string.Join(' ', m.Dimensions.Select(d => d.Name))])])
            : new Rows(["metric", "label", "type", "description", "grain", "format", "good", "owner", "tables", "dimensions", "file", "line"], [.. catalogue.Metrics.Select(m => (IReadOnlyList<object?>)
                [m.Name, m.Label, m.Type, m.Description, m.Grain.Name(), m.Format.ToString().ToLowerInvariant(), m.Good.ToString().ToLowerInvariant(), m.Owner, string.Join(' ', m.Relations), string.Join(' ', m.Dimensions.Select(d => d.Name)), m.File, m.Line])]);
        rows.Write(CommandOutput.Out, format);
        if (catalogue.Metrics.Count == 0) People.Warn("The project declares no metrics: `metrics:` and `semantic_models:` in a schema.yml; docs/guides/metrics.md says how");
    }

    private static MetricQuery Query(ParseResult result, string zone)
    {
        var grain = result.GetValue(Width) is not { } name ? (Grain?)null
            : Grains.Find(name.ToLowerInvariant()) ?? throw new WeirException("WEIR7086", $"--grain {name}: there is no such grain; allowed: {string.Join(", ", Grains.Names)}.");
        var (from, to) = (Moment(result.GetValue(From), "--from", false), Moment(result.GetValue(To), "--to", true));
        var against = result.GetValue(Compare);
        if (against != MetricsAgainst.None && (from is null || to is null)) throw new WeirException("WEIR7086", "--compare needs --from and --to: what is before hangs on how long the range is.");
        return new MetricQuery
        {
            Metrics = result.GetValue(Names)!,
            By = result.GetValue(By) ?? [],
            Grain = grain,
            From = from,
            To = to,
            Where = [.. (result.GetValue(Where) ?? []).Select(Condition)],
            Before = against switch { MetricsAgainst.Previous => MetricShift.Previous(from!.Value, to!.Value, grain), MetricsAgainst.Year => MetricShift.YearBefore(grain), _ => null },
            TimeZone = zone,
            Limit = result.GetValue(Limit),
        };
    }

    // A day means all of it: as the end, the moment after.
    private static DateTime? Moment(string? text, string option, bool isEnd)
    {
        if (text is null) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day.AddDays(isEnd ? 1 : 0).ToDateTime(TimeOnly.MinValue);
        string[] forms = ["yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss"];
        return DateTime.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment
            : throw new WeirException("WEIR7086", $"{option} {text}: write a day, 2026-01-31, or a moment of the business's clock, 2026-01-31 14:00.");
    }

    private static string Condition(string text) => Short().Match(text) is { Success: true } match && !text.Contains("{{", StringComparison.Ordinal)
        ? $"{{{{ Dimension('{match.Groups[1].Value}') }}}} {match.Groups[2].Value} '{match.Groups[3].Value.Replace("'", "''", StringComparison.Ordinal)}'" : text;

    [GeneratedRegex(@"^\s*([A-Za-z_]\w*)\s*(=|!=|<>|<=|>=|<|>)\s*(.*?)\s*$", RegexOptions.Singleline)]
    private static partial Regex Short();
}

/// <summary>What <c>--compare</c> compares with.</summary>
internal enum MetricsAgainst
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>As long a time right before.</summary>
    Previous,
    /// <summary>The same a year before.</summary>
    Year,
}
