using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Weir.DuckDb;
using Weir.Land.Tap;
using Weir.Models;
using Weir.Output;
using Weir.Roles.Live;
using Weir.Roles.Ownership;
using Weir.Roles.Supervision;
using Weir.Studio;

namespace Weir.Roles;

/// <summary>Serve: owns the warehouse; builds when the lake has changed, and shows the Studio.</summary>
internal sealed class ServeRole : IAsyncDisposable
{
    private static readonly TimeSpan BuildPause = TimeSpan.FromSeconds(30);

    private readonly Workspace workspace;
    private readonly OwnedWarehouse warehouse;
    private readonly OwnerEndpoint owner;
    private readonly StudioData data;
    private readonly LagMetrics lag;
    private readonly LiveTap tap;
    private readonly WebApplication server;
    private long builtVersion = -1;
    private string? failure;

    private ServeRole(Workspace workspace, OwnedWarehouse warehouse, OwnerEndpoint owner, StudioData data, LagMetrics lag, LiveTap tap, WebApplication server, int port)
    {
        (this.workspace, this.warehouse, this.owner, this.data, this.lag, this.tap, this.server) = (workspace, warehouse, owner, data, lag, tap, server);
        Address = new Uri($"http://127.0.0.1:{port}");
    }

    /// <summary>Where the Studio listens.</summary>
    public Uri Address { get; }

    public static async Task<ServeRole> StartAsync(Workspace workspace, OwnedWarehouse warehouse, int port, Uri? collect, CancellationToken cancellationToken)
    {
        var settings = workspace.Settings;
        var lag = new LagMetrics(workspace);
        var data = new StudioData(workspace, warehouse, lag);
        var tap = new LiveTap(workspace.OpenStreams, workspace.Lake, settings.Sources, workspace.Time, new TapOptions { Rules = workspace.RulesToShow() });
        var server = WebHost.Create(port, workspace.Time, services: s => s.AddStudio());
        try
        {
            var pages = StudioEndpoints.Map(server, new StudioOptions
            {
                Data = data,
                ProjectName = settings.Name,
                ProjectFolder = settings.Folder,
                Environment = settings.Environment,
                TimeZone = settings.TimeZone,
                Sources = [.. settings.Sources.Select(s => s.Name)],
                CollectAddress = collect?.ToString().TrimEnd('/'),
                AllowedHosts = settings.StudioHosts,
                WriteKey = settings.Sources.SelectMany(s => s.WriteKeys).FirstOrDefault(),
            });
            LiveEndpoint.Map(pages, tap, [.. settings.Sources.Select(s => s.Name)]);
            lag.Map(pages);
            server.MapGet("/health", () => Results.Json(new { status = "ok", roles = RolesFile.Read(settings.DataFolder, workspace.Disk)?.Roles }));
            await server.StartAsync(cancellationToken);
            return new ServeRole(workspace, warehouse, await OwnerEndpoint.StartAsync(settings, warehouse, tap, cancellationToken), data, lag, tap, server, port);
        }
        catch
        {
            await server.DisposeAsync();
            await tap.DisposeAsync();
            data.Dispose();
            lag.Dispose();
            throw;
        }
    }

    /// <summary>Builds once at the start, and then whenever the lake has changed, at most every 30 seconds.</summary>
    public async Task RunAsync(bool isBuilt, CancellationToken cancellationToken)
    {
        if (isBuilt) builtVersion = workspace.Lake.ReadSnapshot().LedgerVersion;
        while (!cancellationToken.IsCancellationRequested)
        {
            await BuildAsync(cancellationToken);
            await Task.Delay(BuildPause, workspace.Time, cancellationToken);
        }
    }

    private async Task BuildAsync(CancellationToken cancellationToken)
    {
        try
        {
            var version = workspace.Lake.ReadSnapshot().LedgerVersion;
            if (version == builtVersion) return; // compaction is a change too: without a build the views would go on naming files that are vacuumed
            var build = await warehouse.BuildAsync(workspace, BuildRequest.Everything, null, cancellationToken);
            (builtVersion, failure) = (version, null);
            if (build.ExitCode != 0) Commands.Models.BuildOutput.Tell(build);
        }
        catch (Exception error) when (Failures.IsSurvived(error))
        {
            // An analyst's half-saved file or a full disk must not take the pages down: what is published stays, and the next change of the lake tries again.
            var message = WeirException.Sentence(error);
            if (message != failure) People.Bad($"The build stopped and is tried again when the lake changes: {message}");
            failure = message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await owner.DisposeAsync();
        await server.StopAsync();
        await server.DisposeAsync();
        await tap.DisposeAsync();
        data.Dispose();
        lag.Dispose();
    }
}
