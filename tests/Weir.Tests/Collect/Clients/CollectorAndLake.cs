using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weir.Collect;
using Weir.DuckDb;
using Weir.Accounting;
using Weir.Journal;
using Weir.Land;
using Weir.Sources;
using Weir.Storage;
using Weir.Tests.Land.Landing;

namespace Weir.Tests.Collect.Clients;

/// <summary>A real collector over a journal, and the lake that its events land in, on the machine's own clock, by which the clients stamp.</summary>
public sealed class CollectorAndLake : IAsyncDisposable
{
    private readonly LandFixture land;
    private readonly JournalWriter writer;
    private readonly WebApplication app;

    private CollectorAndLake(LandFixture land, JournalWriter writer, WebApplication app) => (this.land, this.writer, this.app) = (land, writer, app);

    public Uri Url => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    private static readonly SourceDefinition Web = new() { Name = "web", WriteKeys = ["shop-web"], TimeZone = "UTC" };

    /// <summary>A collector with the source <c>web</c>, whose write key is <c>shop-web</c>, and those given.</summary>
    public static async Task<CollectorAndLake> StartAsync(Func<SourceDefinition, SourceDefinition>? web = null, CollectOptions? limits = null, params SourceDefinition[] further)
    {
        var land = new LandFixture();
        land.Sources.Clear();
        land.Sources.AddRange([web?.Invoke(Web) ?? Web, .. further]);
        var writer = await JournalWriter.OpenAsync(new JournalOptions(land.Data), LocalDisk.Instance, TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        CollectServer.AddBuffers(builder.Services);
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(CollectServer.Limit);
        var app = builder.Build();
        CollectEndpoints.Map(app, writer, land.Sources, TimeProvider.System, limits);
        await app.StartAsync();
        return new(land, writer, app);
    }

    /// <summary>Lands what was received and reads rows back, a line each, columns split by <c>|</c>, nulls as <c>-</c>.</summary>
    public async Task<string[]> LandAndReadAsync(string select)
    {
        await land.LandAsync(JournalReader.OpenAll(land.Data, LocalDisk.Instance, land.Keys));
        return [.. land.Read(c => c.Query($"SELECT COLUMNS(*)::VARCHAR FROM ({select})",
            r => string.Join('|', Enumerable.Range(0, r.FieldCount).Select(i => r.IsDBNull(i) ? "-" : r.GetString(i)))))];
    }

    public AccountReport ReadAccount()
    {
        using var lake = land.OpenLake();
        return Account.Read(lake, () => JournalReader.OpenAll(land.Data, LocalDisk.Instance, land.Keys));
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await writer.DisposeAsync();
        land.Dispose();
    }
}
