using Microsoft.AspNetCore.Builder;
using Weir.Collect;
using Weir.Journal;
using Weir.Journal.Kafka;
using Weir.Output;

namespace Weir.Roles;

/// <summary>Collect: HTTP to journal, and nothing else.</summary>
internal sealed class CollectRole : IAsyncDisposable
{
    private readonly JournalWriter journal;
    private readonly IAsyncDisposable? kafka;
    private readonly WebApplication server;

    private CollectRole(JournalWriter journal, IAsyncDisposable? kafka, WebApplication server, int port) =>
        (this.journal, this.kafka, this.server, Address) = (journal, kafka, server, new Uri($"http://127.0.0.1:{port}"));

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Cancelled once another collector has taken over.</summary>
    public CancellationToken LeaseLost => journal.LeaseLost;

    public static async Task<CollectRole> StartAsync(Workspace workspace, int port, CancellationToken cancellationToken)
    {
        var journal = await workspace.OpenJournalAsync();
        foreach (var damage in journal.Damage) People.Bad($"The journal is damaged: {damage}");
        foreach (var refused in journal.Refused.Values) People.Bad($"{refused.Code} {refused.Message}");
        var kafka = workspace.Settings.Journal.IsKafka ? await OpenKafkaAsync(workspace, journal) : null;
        var server = WebHost.Create(port, workspace.Time, CollectServer.Limit, CollectServer.AddBuffers);
        try
        {
            CollectEndpoints.Map(server, (IJournalAppender?)kafka ?? journal, workspace.Settings.Sources, workspace.Time, CollectOptions.Default with { TrustedProxies = workspace.Settings.TrustedProxies });
            await server.StartAsync(cancellationToken);
            return new CollectRole(journal, kafka, server, port);
        }
        catch
        {
            await server.DisposeAsync();
            if (kafka is not null) await kafka.DisposeAsync();
            await journal.DisposeAsync();
            throw;
        }
    }

    /// <summary>The journal in files is open beside it: it has the data folder's lease, and takes what Kafka does not, where it may.</summary>
    private static async Task<KafkaJournalWriter> OpenKafkaAsync(Workspace workspace, JournalWriter files)
    {
        var settings = workspace.Settings;
        var sources = settings.Sources.Where(s => s.WriteKeys.Count > 0).ToDictionary(s => s.Name, s => s.IdFields, StringComparer.Ordinal);
        var kafka = new KafkaJournalWriter(settings.Journal.Kafka!, sources, settings.Journal.Spill > 0 ? files : null, workspace.Time);
        try
        {
            await kafka.PrepareAsync();
        }
        catch (WeirException e)
        {
            // It collects as soon as it can: clients are answered 503 until then, or the spill takes what they send.
            People.Bad($"{e.Code} {e.Message}");
        }
        return kafka;
    }

    /// <summary>Answers what is under way, then closes the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        await server.StopAsync();
        await server.DisposeAsync();
        if (kafka is not null) await kafka.DisposeAsync();
        await journal.DisposeAsync();
    }
}
