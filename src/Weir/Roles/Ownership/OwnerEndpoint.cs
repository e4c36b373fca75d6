using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Weir.Commands;
using Weir.Configuration;
using Weir.Land.Tap;
using Weir.Leases;
using Weir.Output;
using Weir.Roles.Live;

namespace Weir.Roles.Ownership;

/// <summary>Runs commands for other processes, as the one that has the warehouse: a private endpoint on loopback, named in <c>run/owner.json</c>.</summary>
internal sealed class OwnerEndpoint : IAsyncDisposable
{
    public const string Path = "/command";
    private readonly ProjectSettings settings;
    private readonly OwnedWarehouse warehouse;
    private readonly WebApplication server;
    private readonly CancellationTokenSource stopping = new();
    private readonly string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private OwnerEndpoint(ProjectSettings settings, OwnedWarehouse warehouse, LiveTap tap)
    {
        (this.settings, this.warehouse) = (settings, warehouse);
        server = WebHost.Create(0, TimeProvider.System);
        server.MapPost(Path, http => IsTrusted(http) ? HandleAsync(http) : Task.CompletedTask);
        server.MapGet(LiveEndpoint.Path, http => IsTrusted(http) ? LiveEndpoint.HandleAsync(http, tap, [.. settings.Sources.Select(s => s.Name)]) : Task.CompletedTask);
    }

    public static async Task<OwnerEndpoint> StartAsync(ProjectSettings settings, OwnedWarehouse warehouse, LiveTap tap, CancellationToken cancellationToken)
    {
        var endpoint = new OwnerEndpoint(settings, warehouse, tap);
        await endpoint.server.StartAsync(cancellationToken);
        new OwnerFile(Environment.ProcessId, ProcessIdentity.Start, OwnerFile.ThisVersion, new Uri(endpoint.server.Urls.First()), endpoint.token).Write(settings.DataFolder);
        return endpoint;
    }

    /// <summary>Cancels what runs, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        OwnerFile.Delete(settings.DataFolder);
        await stopping.CancelAsync();
        await server.StopAsync();
        await server.DisposeAsync();
        stopping.Dispose();
    }

    /// <summary>Whether the caller could read <c>run/owner.json</c>; else it is refused.</summary>
    private bool IsTrusted(HttpContext http)
    {
        if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(http.Request.Headers.Authorization.ToString()), Encoding.UTF8.GetBytes($"Bearer {token}"))) return true;
        http.Response.StatusCode = (int)HttpStatusCode.Unauthorized;
        return false;
    }

    private async Task HandleAsync(HttpContext http)
    {
        var request = (await JsonSerializer.DeserializeAsync<OwnerRequest>(http.Request.Body, cancellationToken: http.RequestAborted))!;
        http.Response.ContentType = "application/x-ndjson";
        http.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true; // a command writes as it goes
        await http.Response.StartAsync(http.RequestAborted);
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping.Token);
        using var output = new OwnerOutput(http.Response.Body, request.Colours, request.Width);
        try
        {
            output.Write(new OwnerLine(Exit: await RunAsync(request, output, cancelled.Token)));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The caller is gone.
        }
    }

    /// <summary>On a flow of its own, so that what it sets for itself ends with it.</summary>
    private Task<int> RunAsync(OwnerRequest request, OwnerOutput output, CancellationToken cancellationToken) => Task.Run(async () =>
    {
        CommandOutput.Current = output.Command;
        CallerVariables.Use(request.Variables);
        try
        {
            if (request.Version != OwnerFile.ThisVersion) throw OwnerErrors.OtherVersion(Environment.ProcessId, OwnerFile.ThisVersion, request.Version);
            var asked = ProjectFile.Read(request.Project, request.Environment, request.Data);
            if (request.Arguments is ["build", ..] && settings.Environment != ProjectFile.DefaultEnvironment && asked.Folder != settings.Folder)
                throw OwnerErrors.OtherProject(settings.Environment, settings.Folder, asked.Folder);
            OwnerSession.Current = new OwnerSession(asked, warehouse);
            return await Cli.Create().Parse(request.Arguments).InvokeAsync(new() { ProcessTerminationTimeout = null }, cancellationToken);
        }
        catch (WeirException error)
        {
            People.Error(error);
            return ExitCodes.Of(error);
        }
    }, cancellationToken);
}
