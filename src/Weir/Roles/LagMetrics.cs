using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weir.Accounting;
using Weir.Land;

namespace Weir.Roles;

/// <summary><c>GET /metrics</c>: how far landing is behind, in Prometheus' text format. Read anew every ten seconds at most, however often it is asked.</summary>
internal sealed class LagMetrics(Workspace workspace) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private readonly LagReader reader = new(workspace.Lake, workspace.Time);
    private readonly SemaphoreSlim one = new(1);
    private (long At, IReadOnlyList<StreamLag> Lags)? last;

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", async (CancellationToken cancelled) => Results.Text(Text(await ReadAsync(cancelled)), "text/plain; version=0.0.4", Encoding.UTF8));

    public async Task<IReadOnlyList<StreamLag>> ReadAsync(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            if (last is { } known && workspace.Time.GetElapsedTime(known.At) < Fresh) return known.Lags;
            // What waits in loaded files waits for nobody who collects; a thousand of them would hide the rest.
            var lags = await reader.ReadAsync(() => [.. workspace.OpenStreams().Where(s => !s.Id.StartsWith("file/", StringComparison.Ordinal))], cancellationToken);
            last = (workspace.Time.GetTimestamp(), lags);
            return lags;
        }
        finally
        {
            one.Release();
        }
    }

    private static string Text(IReadOnlyList<StreamLag> lags)
    {
        var text = new StringBuilder();
        Gauge(text, "weir_lag_events", "Events received that have not landed.", lags, l => l.Problem is null ? l.Events : null);
        Gauge(text, "weir_lag_seconds", "For how long the oldest of them has waited.", lags, l => l.Behind?.TotalSeconds);
        return text.ToString();
    }

    private static void Gauge(StringBuilder text, string name, string help, IReadOnlyList<StreamLag> lags, Func<StreamLag, double?> value)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n");
        foreach (var lag in lags)
            if (value(lag) is { } number) text.Append(CultureInfo.InvariantCulture, $"{name}{{source=\"{lag.Source}\",stream=\"{lag.Name}\"}} {number}\n");
    }

    public void Dispose() => one.Dispose();
}
