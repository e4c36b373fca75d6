using System.Net.Http.Headers;
using System.Text;
using Weir.Connect;
using Weir.Generate;
using Weir.Roles;

namespace Weir.Demo;

/// <summary>
/// Lets the shop's traffic arrive: what is older as files that are loaded, by day and later by hour, as exports of another collector would be;
/// the last hours as requests to the real collector. All of it under the shop's clock.
/// </summary>
internal sealed class ShopLife(Workspace workspace, ReplayClock clock, Shop shop)
{
    private static readonly TimeSpan ByRequest = TimeSpan.FromHours(12);
    private static readonly TimeSpan ByHour = TimeSpan.FromDays(15);
    private static readonly string[] Streams = ["web", "mobile", "orders"];
    private readonly FileIntake intake = workspace.Intake(TimeSpan.Zero);
    private readonly string exports = Path.Combine(workspace.Settings.DataFolder, "exports");

    /// <summary>Where the traffic of a time span changes from daily to hourly files, and from those to requests.</summary>
    public static (DateTimeOffset Hourly, DateTimeOffset Requests) Turns(DateTimeOffset from, DateTimeOffset to)
    {
        DateTimeOffset Clamp(DateTimeOffset time) => time < from ? from : time;
        var requests = to - ByRequest;
        requests = requests.AddTicks(-(requests.UtcTicks % TimeSpan.TicksPerHour));
        var hourly = new DateTimeOffset((to - ByHour).UtcDateTime.Date, TimeSpan.Zero);
        return (Clamp(hourly), Clamp(requests));
    }

    /// <summary>Loads files of everything from one time to another, in steps that end on the hour or day.</summary>
    public async Task LoadAsync(DateTimeOffset from, DateTimeOffset to, TimeSpan step, Action<DateTimeOffset> done, CancellationToken cancellationToken)
    {
        for (var start = from; start < to;)
        {
            var end = new DateTimeOffset((start.UtcTicks / step.Ticks * step.Ticks) + step.Ticks, TimeSpan.Zero);
            if (end > to) end = to;
            clock.MoveTo(end.AddSeconds(30));
            foreach (var name in Streams) await TakeAsync(name, $"{name}-{start:yyyyMMddTHH}.ndjson", shop.Export(name, start, end).Content, cancellationToken);
            await LoadOfficesAsync(start, end, cancellationToken);
            done(end);
            start = end;
        }
    }

    /// <summary>Sends everything from one time to another to the collector, each request at its time.</summary>
    public async Task SendAsync(HttpClient client, DateTimeOffset from, DateTimeOffset to, Action<DateTimeOffset> done, CancellationToken cancellationToken)
    {
        var last = from;
        foreach (var delivery in shop.Deliveries(from, to))
        {
            clock.MoveTo(delivery.At);
            await LoadOfficesAsync(last, delivery.At, cancellationToken);
            await SendAsync(client, delivery, cancellationToken);
            done(last = delivery.At);
        }
        await LoadOfficesAsync(last, to, cancellationToken);
    }

    /// <summary>The daily exports of the offices, for each day that ended in between.</summary>
    private async Task LoadOfficesAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        for (var day = DateOnly.FromDateTime(from.UtcDateTime); day < DateOnly.FromDateTime(to.UtcDateTime); day = day.AddDays(1))
        {
            foreach (var name in Shop.Offices) await TakeAsync(name, $"{name}-{day:yyyyMMdd}.{(name == "operations" ? "csv" : "ndjson")}", shop.DailyExport(name, day), cancellationToken);
        }
    }

    private async Task TakeAsync(string source, string file, byte[] content, CancellationToken cancellationToken)
    {
        if (content.Length == 0) return;
        var path = Path.Combine(exports, file);
        Directory.CreateDirectory(exports);
        await File.WriteAllBytesAsync(path, content, cancellationToken);
        await intake.TakeAsync(workspace.Settings.Source(source), path, cancellationToken);
        File.Delete(path);
    }

    private static async Task SendAsync(HttpClient client, Delivery delivery, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Path) { Content = new ByteArrayContent(delivery.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(delivery.Path == "/v1/batch" ? "application/json" : "application/x-ndjson");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{delivery.WriteKey}:")));
        using var response = await client.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new WeirException("WEIR1012", $"The collector answered {(int)response.StatusCode} to the demo's own request ({delivery.Path}): {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
