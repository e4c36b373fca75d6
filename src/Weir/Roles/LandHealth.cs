using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Weir.Land;

namespace Weir.Roles;

/// <summary><c>GET /health</c> of a process that only lands: 200 while it does, 503 until its first round has ended and while nothing can be landed, with the reason.</summary>
internal sealed class LandHealth
{
    private volatile Answer now = new("starting", null);

    /// <summary>A round has ended.</summary>
    /// <param name="streams">How many this lander has.</param>
    /// <param name="problems">Those of them that wait for a cause to be removed.</param>
    public void Landed(int streams, IReadOnlyList<StreamProblem> problems) =>
        now = streams > 0 && problems.Select(p => p.Stream).Distinct().Count() >= streams ? new("waiting", problems[0].Message) : new("ok", null);

    /// <summary>Landing stopped, and is tried again.</summary>
    public void Stopped(string why) => now = new("waiting", why);

    /// <summary>Answers on a port until it is disposed.</summary>
    public async Task<WebApplication> ServeAsync(int port, TimeProvider time, CancellationToken cancellationToken)
    {
        var server = WebHost.Create(port, time);
        server.MapGet("/health", () => Ask() is { Status: "ok" } ok ? Results.Json(ok) : Results.Json(Ask(), statusCode: StatusCodes.Status503ServiceUnavailable));
        await server.StartAsync(cancellationToken);
        return server;
    }

    private Answer Ask() => now;

    private sealed record Answer(string Status, string? Why);
}
