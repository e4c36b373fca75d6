using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weir.Land.Tap;

namespace Weir.Roles.Live;

/// <summary><c>GET /live</c>: the live tap as server-sent events (<c>docs/guides/live.md</c>).</summary>
internal static class LiveEndpoint
{
    public const string Path = "/live";
    private const int FlushBytes = 64 << 10;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10), Unread = TimeSpan.FromMinutes(1);

    public static void Map(IEndpointRouteBuilder routes, LiveTap tap, IReadOnlyCollection<string> sources) =>
        routes.MapGet(Path, http => HandleAsync(http, tap, sources));

    /// <summary>Streams until the other end goes, or reads nothing for a minute.</summary>
    public static async Task HandleAsync(HttpContext http, LiveTap tap, IReadOnlyCollection<string> sources)
    {
        TapSubscription subscription;
        try
        {
            subscription = await tap.SubscribeAsync(LiveQuery.Read(http.Request.Query, sources), http.RequestAborted);
        }
        catch (WeirException refused) when (refused.Code is "WEIR9020" or "WEIR9021")
        {
            http.Response.StatusCode = refused.Code == "WEIR9020" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status400BadRequest;
            await http.Response.WriteAsync($"{refused.Code}: {refused.Message}\n", http.RequestAborted);
            return;
        }
        await using (subscription)
        {
            var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
            try
            {
                await StreamAsync(http, subscription, tap.Options, end.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The other end is gone, or is to go.
            }
        }
    }

    private static async Task StreamAsync(HttpContext http, TapSubscription subscription, TapOptions options, CancellationToken cancellationToken)
    {
        // Somebody who reads slowly misses something, and is told so; the connection stands.
        if (http.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate) rate.MinDataRate = null;
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        Write(http, "hello", Encoding.UTF8.GetBytes($"{{\"rate\":{options.Rate}}}"));
        await FlushAsync(http, cancellationToken);
        while (true)
        {
            var written = 0;
            while (written < FlushBytes && subscription.TryRead(out var message)) written += Write(http, message.Type, message.Json.Span);
            if (written > 0)
            {
                await FlushAsync(http, cancellationToken);
                continue;
            }
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            quiet.CancelAfter(Quiet);
            try
            {
                if (!await subscription.WaitAsync(quiet.Token)) return;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                http.Response.BodyWriter.Write(":\n\n"u8); // so that a dead connection is noticed
                await FlushAsync(http, cancellationToken);
            }
        }
    }

    private static async ValueTask FlushAsync(HttpContext http, CancellationToken cancellationToken)
    {
        using var unread = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        unread.CancelAfter(Unread);
        await http.Response.BodyWriter.FlushAsync(unread.Token);
    }

    private static int Write(HttpContext http, string type, ReadOnlySpan<byte> json)
    {
        var text = http.Response.BodyWriter;
        text.Write("event: "u8);
        text.Write(Encoding.ASCII.GetBytes(type));
        text.Write("\ndata: "u8);
        text.Write(json);
        text.Write("\n\n"u8);
        return json.Length + type.Length + 16;
    }
}
