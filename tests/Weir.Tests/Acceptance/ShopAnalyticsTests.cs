using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Spectre.Console;
using Weir.DuckDb;
using Weir.Generate;
using Weir.Insight;
using Weir.Models;
using Weir.Output;
using Weir.Tests.Insight;
using Weir.Tests.Studio;

namespace Weir.Tests.Acceptance;

/// <summary>The shop's metrics, reports and notebooks over three generated days that went the whole way.</summary>
public sealed class ShopAnalyticsTests : IClassFixture<ShopAnalyticsTests.BuiltShop>
{
    private readonly BuiltShop shop;

    public ShopAnalyticsTests(BuiltShop shop) => this.shop = shop;

    [Fact]
    public async Task Every_metric_of_the_shop_can_be_asked()
    {
        var metrics = MetricCatalogue.Load(ModelProject.Load(shop.Project.Folder)).Metrics;
        metrics.Count.ShouldBeGreaterThan(60);
        metrics.Where(m => m.Description.Length == 0 || m.Owner.Length == 0).Select(m => m.Name).ShouldBeEmpty();
        var one = (await AskAsync([.. metrics.Select(m => m.Name)])).ShouldHaveSingleItem();
        one.EnumerateObject().Count().ShouldBe(metrics.Count);
        foreach (var metric in new[] { "gross_revenue", "orders", "average_order_value", "conversion", "buyers", "tickets", "marketing_sessions", "funnel_conversion", "visit_to_order", "net_revenue_to_date" })
            one.GetProperty(metric).GetDouble().ShouldBeGreaterThan(0, metric);
    }

    [Fact]
    public async Task Orders_pieces_and_tickets_are_those_that_the_generator_sent()
    {
        // From the files that were loaded, not from any table.
        var lines = shop.Lines("orders").GroupBy(l => (l.GetProperty("orderId").GetString(), l.GetProperty("line").GetInt32())).Select(g => g.Last()).ToList();
        var asked = (await AskAsync(["orders", "items", "tickets"])).ShouldHaveSingleItem();
        asked.GetProperty("orders").GetInt64().ShouldBe(lines.Select(l => l.GetProperty("orderId").GetString()).Distinct().Count());
        asked.GetProperty("items").GetInt64().ShouldBe(lines.Sum(l => l.GetProperty("quantity").GetInt64()));
        asked.GetProperty("tickets").GetInt64().ShouldBe(shop.Lines("support").Select(l => l.GetProperty("id").GetInt64()).Distinct().Count());
    }

    [Fact]
    public async Task Days_add_up_to_the_whole_and_a_rate_is_one_of_sums()
    {
        var whole = (await AskAsync(["net_revenue", "sessions", "converted_sessions", "conversion"])).ShouldHaveSingleItem();
        var days = await AskAsync(["net_revenue", "sessions", "converted_sessions"], "--grain", "day", "--by", "channel");
        days.Count.ShouldBeGreaterThan(3);
        days.Sum(d => d.GetProperty("net_revenue").GetDecimal()).ShouldBe(whole.GetProperty("net_revenue").GetDecimal());
        whole.GetProperty("conversion").GetDouble().ShouldBe(days.Sum(d => d.GetProperty("converted_sessions").GetDouble()) / days.Sum(d => d.GetProperty("sessions").GetDouble()), 1e-9);
        var compared = await AskAsync(["orders"], "--from", "2026-03-11", "--to", "2026-03-11", "--compare", "previous");
        var before = await AskAsync(["orders"], "--from", "2026-03-10", "--to", "2026-03-10");
        compared[0].GetProperty("orders__previous").GetInt64().ShouldBe(before[0].GetProperty("orders").GetInt64());
    }

    [Theory]
    [InlineData("executive", "Net revenue is €")]
    [InlineData("marketing", "newsletter-autumn")]
    [InlineData("product", "Began to check out")]
    [InlineData("customers", "2026-03-09")]            // the week of the first orders
    public async Task The_pages_are_drawn_from_the_marts_as_they_are_built(string page, string about)
    {
        using var warehouse = new DuckDBConnection($"Data Source={shop.Project[".weir/local/warehouse.duckdb"]}");
        warehouse.Open();
        var data = new SampleData { Warehouse = warehouse.Duplicate };
        await using var studio = await StudioServer.StartAsync(
            data, home: await File.ReadAllTextAsync(shop.Project["dashboards/home.yml"]), time: new StudioServer.FixedTime(BuiltShop.Start.AddDays(3)), files: folder => Task.Run(() => shop.CopyTo(folder)));
        var html = WebUtility.HtmlDecode(await studio.GetAsync($"/dashboards/{page}?range=7d"));
        html.ShouldContain(about);
        html.ShouldNotContain("<code>WEIR", Case.Sensitive);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_a_mistake_of_the_command_line()
    {
        foreach (var (arguments, code) in new[]
        {
            (new[] { "orderz" }, "WEIR7085"), (["orders", "--grain", "minute"], "WEIR7086"), (["orders", "--compare", "previous"], "WEIR7086"), (["orders", "--from", "March"], "WEIR7086"),
            (["orders", "--where", "{{ Dimension('channel' }} = 1"], "WEIR7084"),
        })
        {
            var (exit, _, error) = await HereAsync(["metrics", "query", .. arguments]);
            exit.ShouldBe(ExitCodes.Usage);
            error.ShouldContain(code);
        }
        var sql = (await shop.Project.RunAsync("metrics", "query", "orders", "--by", "channel", "--sql")).ShouldSucceed();
        sql.Output.ShouldContain("group by all");
        (await shop.Project.QueryAsync(sql.Output)).Split('\n').Length.ShouldBe(2);
        (await HereAsync("metrics", "list")).Output.ShouldContain("average_order_value");
    }

    [Fact]
    public async Task Every_report_runs_and_says_what_it_is()
    {
        var reports = Directory.GetFiles(shop.Project["analyses"], "*.sql").Order(StringComparer.Ordinal).ToList();
        reports.Count.ShouldBeGreaterThan(12);
        var nodes = ModelProject.Load(shop.Project.Folder).Nodes.Where(n => n.ResourceType == "analysis").ToDictionary(n => n.Name);
        foreach (var report in reports)
        {
            var (code, output, error) = await HereAsync("query", "--file", report, "--format", "csv");
            code.ShouldBe(ExitCodes.Ok, $"{report}: {error}");
            // Three days make no cohort that came back, nor an unusual day.
            if (Path.GetFileNameWithoutExtension(report) is not ("unusual_days" or "customers_to_call" or "funnel_by_channel" or "retention_triangle" or "bought_together"))
                output.TrimEnd().Split('\n').Length.ShouldBeGreaterThan(1, report);
            nodes[Path.GetFileNameWithoutExtension(report)].Description.ShouldNotBeEmpty(report);
        }
    }

    // Executed where Python (WEIR_PYTHON, else python3) has pandas and DuckDB, compiled where it has not.
    [Fact]
    public async Task Every_notebook_runs_over_the_lake()
    {
        (await shop.Project.RunAsync("lake", "views", "--into", shop.Project["views.duckdb"])).ShouldSucceed();
        var python = Environment.GetEnvironmentVariable("WEIR_PYTHON") ?? "python3";
        var start = new ProcessStartInfo(python, [shop.Project["notebooks/run.py"]]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["WEIR_LAKE"] = shop.Project["views.duckdb"];
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, await error);
        TestContext.Current.TestOutputHelper?.WriteLine(await output);
        foreach (var notebook in Directory.GetFiles(shop.Project["notebooks"], "*.ipynb")) (await output).ShouldContain($"{Path.GetFileName(notebook)}: ");
    }

    [Fact]
    public async Task Real_dbt_parses_the_shop_with_its_metrics() =>
        (await DbtParsesMetricsTests.ParseAsync(shop.Project.Folder)).Code.ShouldBe(0);

    private async Task<List<JsonElement>> AskAsync(string[] metrics, params string[] options)
    {
        var (code, output, error) = await HereAsync(["metrics", "query", .. metrics, .. options, "--format", "json"]);
        code.ShouldBe(ExitCodes.Ok, error);
        return [.. JsonDocument.Parse(output).RootElement.EnumerateArray()];
    }

    // The command itself, in this process: thirty processes would take longer than all that they ask.
    private async Task<(int Code, string Output, string Error)> HereAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = 10_000;
        CommandOutput.Current = new CommandOutput(output, console, null);
        try
        {
            return (await Cli.Create().Parse([.. arguments, "--project", shop.Project.Folder]).InvokeAsync(), output.ToString(), error.ToString());
        }
        finally
        {
            CommandOutput.Current = null;
        }
    }

    /// <summary>Three generated days, loaded and built once for all tests.</summary>
    public sealed class BuiltShop : IAsyncLifetime
    {
        internal static readonly DateTimeOffset Start = new(2026, 3, 10, 0, 0, 0, TimeSpan.Zero);
        private readonly Dictionary<string, byte[]> sent = [];

        internal TemporaryProject Project { get; } = new("shop");

        /// <summary>Copies the project's own files, not its data.</summary>
        internal void CopyTo(string folder)
        {
            foreach (var file in Directory.EnumerateFiles(Project.Folder, "*.*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) is ".yml" or ".sql" or ".csv" && !f.Contains(".weir", StringComparison.Ordinal)))
            {
                var target = Path.Combine(folder, Path.GetRelativePath(Project.Folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target, overwrite: true);
            }
        }

        internal IEnumerable<JsonElement> Lines(string source) =>
            System.Text.Encoding.UTF8.GetString(sent[source]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement);

        public async ValueTask InitializeAsync()
        {
            var generated = new Shop(new ShopOptions { Seed = 5, Start = Start, VisitsPerDay = 500 });
            foreach (var source in new[] { "web", "mobile", "orders" }) await LoadAsync(source, generated.Export(source, Start, Start.AddDays(3)).Content);
            foreach (var source in new[] { "crm", "support" }) await LoadAsync(source, generated.DailyExport(source, DateOnly.FromDateTime(Start.UtcDateTime).AddDays(2)));
            (await Project.RunAsync("build")).ShouldSucceed();
        }

        public ValueTask DisposeAsync()
        {
            Project.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task LoadAsync(string source, byte[] content)
        {
            sent[source] = content;
            var file = Project[string.Create(CultureInfo.InvariantCulture, $"{source}.ndjson")];
            await File.WriteAllBytesAsync(file, content);
            (await Project.RunAsync("load", file, "--source", source)).ShouldSucceed();
        }
    }
}
