using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Weir.Collect;
using Weir.Events;
using Weir.Journal;
using Weir.Sources;
using Weir.Storage;
using Weir.Tests.Journal;

namespace Weir.Tests.Collect;

/// <summary>A real collector: Kestrel on a free loopback port, over a journal in a folder of its own.</summary>
public sealed class Collector : IAsyncDisposable
{
    private static readonly SourceDefinition Web = new() { Name = "web", WriteKeys = ["shop-web", "shop-web-next"] };
    private readonly JournalBench bench;
    private readonly WebApplication app;

    private Collector(JournalBench bench, JournalWriter writer, WebApplication app)
    {
        (this.bench, Writer, this.app) = (bench, writer, app);
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public JournalWriter Writer { get; }
    public HttpClient Http { get; }
    public JournalBench Bench => bench;

    public static async Task<Collector> StartAsync(Func<JournalOptions, JournalOptions>? options = null, IDisk? disk = null,
        CollectOptions? limits = null, Func<SourceDefinition, SourceDefinition>? web = null, Action<KestrelServerOptions>? server = null)
    {
        var bench = new JournalBench(disk);
        var writer = await bench.OpenAsync(options?.Invoke(bench.Options));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        CollectServer.AddBuffers(builder.Services);
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel =>
        {
            CollectServer.Limit(kestrel);
            server?.Invoke(kestrel);
        });
        var app = builder.Build();
        CollectEndpoints.Map(app, writer,
        [
            web?.Invoke(Web) ?? Web,
            new() { Name = "mobile", WriteKeys = ["shop-mobile"] },
            new() { Name = "files" },
        ], TimeProvider.System, limits);
        await app.StartAsync();
        return new(bench, writer, app);
    }

    /// <summary>Sends a body with a write key as the user of Basic authentication.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, HttpContent content, string? key = "shop-web")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (key is not null) request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key}:")));
        return Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> PostAsync(string path, string body, string? key = "shop-web", string type = "application/json") =>
        PostAsync(path, new StringContent(body, new UTF8Encoding(false), type), key);

    public async Task<List<Frame>> FramesAsync(string source = "web")
    {
        var frames = new List<Frame>();
        if (JournalReader.OpenAll(bench.Data, bench.Disk, bench.Keys).SingleOrDefault(s => s.Source == source) is not { } stream) return frames;
        await foreach (var frame in stream.ReadAsync(0, CancellationToken.None)) frames.Add(frame);
        return frames;
    }

    /// <summary>Every event of a source as text, in the order of its stream.</summary>
    public async Task<List<string>> EventsAsync(string source = "web") =>
        [.. (await FramesAsync(source)).SelectMany(f => f.Events).Select(e => Encoding.UTF8.GetString(e.Span))];

    public static async Task ShouldBe(HttpResponseMessage answer, HttpStatusCode status, string bodyPart)
    {
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, body);
        body.ShouldContain(bodyPart);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        await Writer.DisposeAsync();
        bench.Dispose();
    }
}
