using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Weir.Tests.Lake.S3;

/// <summary>A server before the real one (or in its place): it passes requests on, and a test decides what becomes of the answers.</summary>
internal sealed class FrontServer : IAsyncDisposable
{
    private readonly WebApplication server;

    private FrontServer(WebApplication server) => this.server = server;

    public Uri Address => new(server.Urls.First());

    /// <summary>A server that answers as it is told.</summary>
    public static async Task<FrontServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        server.Run(answer);
        await server.StartAsync();
        return new FrontServer(server);
    }

    /// <summary>A server that passes everything on, and loses the answers that it is told to lose, once the real one has given them.</summary>
    public static Task<FrontServer> StartAsync(Uri real, Func<HttpRequest, bool> isLost)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AutomaticDecompression = DecompressionMethods.None });
        return StartAsync(async context =>
        {
            var from = context.Request;
            using var request = new HttpRequestMessage(new HttpMethod(from.Method), new Uri(real, from.Path.ToUriComponent() + from.QueryString.ToUriComponent()));
            var body = new MemoryStream();
            await from.Body.CopyToAsync(body);
            body.Position = 0;
            request.Content = new StreamContent(body);
            foreach (var (name, values) in from.Headers)
                if (name is not ("Connection" or "Transfer-Encoding" or "Expect") && !request.Headers.TryAddWithoutValidation(name, values.ToArray())) request.Content.Headers.TryAddWithoutValidation(name, values.ToArray());
            request.Headers.Host = from.Host.Value; // it is signed
            using var response = await client.SendAsync(request);
            if (isLost(from))
            {
                context.Abort();
                return;
            }
            context.Response.StatusCode = (int)response.StatusCode;
            foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
                if (name is not ("Transfer-Encoding" or "Connection")) context.Response.Headers[name] = values.ToArray();
            await response.Content.CopyToAsync(context.Response.Body);
        });
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
