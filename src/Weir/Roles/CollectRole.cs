using Microsoft.AspNetCore.Builder;
using Weir.Collect;
using Weir.Journal;
using Weir.Output;

namespace Weir.Roles;

/// <summary>Collect: HTTP to journal, and nothing else.</summary>
internal sealed class CollectRole : IAsyncDisposable
{
    private readonly JournalWriter journal;
    private readonly WebApplication server;

    private CollectRole(JournalWriter journal, WebApplication server, int port) => (this.journal, this.server, Address) = (journal, server, new Uri($"http://127.0.0.1:{port}"));

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Cancelled once another collector has taken over.</summary>
    public CancellationToken LeaseLost => journal.LeaseLost;

    public static async Task<CollectRole> StartAsync(Workspace workspace, int port, CancellationToken cancellationToken)
    {
        var journal = await workspace.OpenJournalAsync();
        foreach (var damage in journal.Damage) People.Bad($"The journal is damaged: {damage}");
        foreach (var refused in journal.Refused.Values) People.Bad($"{refused.Code} {refused.Message}");
        var server = WebHost.Create(port, workspace.Time, CollectServer.Limit, CollectServer.AddBuffers);
        try
        {
            CollectEndpoints.Map(server, journal, workspace.Settings.Sources, workspace.Time, CollectOptions.Default with { TrustedProxies = workspace.Settings.TrustedProxies });
            await server.StartAsync(cancellationToken);
            return new CollectRole(journal, server, port);
        }
        catch
        {
            await server.DisposeAsync();
            await journal.DisposeAsync();
            throw;
        }
    }

    /// <summary>Answers what is under way, then closes the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        await server.StopAsync();
        await server.DisposeAsync();
        await journal.DisposeAsync();
    }
}
