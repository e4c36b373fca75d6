using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weir.Studio;

namespace Weir.Tests.Studio;

/// <summary>The Studio behind a real Kestrel on a free loopback port, with a project folder of its own.</summary>
internal sealed class StudioServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _project;

    private StudioServer(WebApplication app, DirectoryInfo project) => (_app, _project, Client) = (app, project, new HttpClient { BaseAddress = new Uri(app.Urls.First()) });

    public HttpClient Client { get; }

    public static async Task<StudioServer> StartAsync(SampleData data, string? home = SampleShop.Home, int port = 0, TimeProvider? time = null, Action<Microsoft.AspNetCore.Routing.IEndpointRouteBuilder>? routes = null, Func<string, Task>? files = null)
    {
        var project = Directory.CreateTempSubdirectory("weir-studio-");
        if (files is not null) await files(project.FullName);
        if (home is not null)
        {
            project.CreateSubdirectory("dashboards");
            await File.WriteAllTextAsync(Path.Combine(project.FullName, "dashboards", "home.yml"), home);
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(time ?? new FixedTime(SampleData.Now));
        builder.Services.AddStudio();
        builder.WebHost.UseSetting("urls", $"http://127.0.0.1:{port}");
        var app = builder.Build();
        var pages = StudioEndpoints.Map(app, new StudioOptions
        {
            Data = data, ProjectName = "shop", ProjectFolder = project.FullName, Environment = "production", TimeZone = "Europe/Berlin", Sources = SampleData.Sources,
            CollectAddress = "http://127.0.0.1:8788", WriteKey = "shop-web", AllowedHosts = ["weir.example.org"],
        });
        routes?.Invoke(pages);
        await app.StartAsync();
        return new StudioServer(app, project);
    }

    /// <summary>The project's folder.</summary>
    public string Folder => _project.FullName;

    public Task<string> GetAsync(string path = "/") => Client.GetStringAsync(path);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        _project.Delete(recursive: true);
    }

    internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
