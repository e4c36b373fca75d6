using System.Diagnostics;
using System.Text.RegularExpressions;
using Weir.Generate;
using Weir.Tests.Acceptance;

namespace Weir.Tests.Models;

/// <summary>How the work of a build of the shop grows with its history. Measured only by <c>bench/models</c>, which says where the figures go.</summary>
public partial class HistoryBench
{
    private static readonly string[] Streams = ["web", "mobile", "orders"];

    [Fact]
    public async Task One_new_hour_on_top_of_days()
    {
        var result = Environment.GetEnvironmentVariable("WEIR_BENCH_RESULT") ?? "";
        Require.That(result.Length > 0, "bench", "bench/models measures this");
        var days = (Environment.GetEnvironmentVariable("WEIR_BENCH_DAYS") ?? "3,10,30").Split(',').Select(int.Parse).ToList();
        var visits = int.Parse(Environment.GetEnvironmentVariable("WEIR_BENCH_VISITS") ?? "3000");
        var lines = new List<string> { "| days of history | events | full build | nothing new | one new hour |", "|---|---|---|---|---|" };
        foreach (var many in days)
        {
            using var project = new TemporaryProject("shop");
            var start = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
            var shop = new Shop(new ShopOptions { Seed = 3, Start = start, VisitsPerDay = visits });
            var noon = start.AddDays(many).AddHours(-12); // no gap before the new hours: an order that was clicked before it would never come
            await LoadAsync(project, shop, start, noon, "history");
            foreach (var source in new[] { "crm", "support" })
                await LoadAsync(project, source, shop.DailyExport(source, new DateOnly(2026, 3, 1)), "history");
            var full = await BuildAsync(project);
            var nothing = await MedianAsync(() => BuildAsync(project));
            var hours = new List<double>();
            for (var hour = 0; hour < 3; hour++)
            {
                await LoadAsync(project, shop, noon.AddHours(hour), noon.AddHours(hour + 1), $"hour{hour}");
                hours.Add(await BuildAsync(project));
            }

            var events = await project.QueryAsync("select count(*) from events");
            lines.Add($"| {many} | {long.Parse(events):N0} | {full:N2} s | {nothing:N2} s | {hours.Order().ElementAt(1):N2} s |");
            if (many == days[0] && Environment.GetEnvironmentVariable("WEIR_BENCH_KEEP") is { Length: > 0 } keep)
                Process.Start("cp", ["-r", project.Folder, keep]).WaitForExit();
        }

        File.WriteAllLines(result, lines);
    }

    private static async Task LoadAsync(TemporaryProject project, Shop shop, DateTimeOffset from, DateTimeOffset to, string name)
    {
        foreach (var source in Streams)
            await LoadAsync(project, source, shop.Export(source, from, to).Content, name);
    }

    private static async Task LoadAsync(TemporaryProject project, string source, byte[] content, string name)
    {
        var file = project[$"{source}-{name}.ndjson"];
        await File.WriteAllBytesAsync(file, content);
        (await project.RunAsync("load", file, "--source", source)).ShouldSucceed();
        File.Delete(file);
    }

    /// <summary>Seconds of a build, as it says itself: without the start of the process.</summary>
    private static async Task<double> BuildAsync(TemporaryProject project) =>
        double.Parse(Seconds().Match((await project.RunAsync("build")).ShouldSucceed().Error).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<double> MedianAsync(Func<Task<double>> measure)
    {
        var found = new List<double>();
        for (var i = 0; i < 3; i++)
            found.Add(await measure());
        return found.Order().ElementAt(1);
    }

    [GeneratedRegex(@"in ([0-9.]+) s")]
    private static partial Regex Seconds();
}
