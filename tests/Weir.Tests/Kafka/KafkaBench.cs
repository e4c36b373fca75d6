using System.Text;
using Weir.Accounting;
using Weir.Events;
using Weir.Journal.Kafka;
using Weir.Journal.Kafka.Topics;
using Weir.Land;
using Weir.Storage;
using Weir.Tests.Land.Landing;

namespace Weir.Tests.Kafka;

/// <summary>A lake, and a source's journal in the tests' Kafka.</summary>
internal sealed class KafkaBench : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> writers = [];
    private readonly List<KafkaStreams> opened = [];

    private KafkaBench(KafkaServer server, KafkaOptions options) => (Server, Options) = (server, options);

    public KafkaServer Server { get; }
    public KafkaOptions Options { get; set; }
    public LandFixture Land { get; } = new();
    public List<SourceTopic> Foreign { get; } = [];
    public string Topic => Options.TopicOf("web");

    public static async Task<KafkaBench> StartAsync(int partitions = 3)
    {
        var server = await KafkaServer.GetAsync();
        return new KafkaBench(server, server.NewOptions(partitions));
    }

    public async Task<KafkaJournalWriter> OpenWriterAsync(Weir.Journal.IJournalAppender? spill = null)
    {
        var writer = new KafkaJournalWriter(Options, new Dictionary<string, IReadOnlyList<string>> { ["web"] = [] }, spill, TimeProvider.System);
        writers.Add(writer);
        await writer.PrepareAsync();
        return writer;
    }

    public static Task AppendAsync(Weir.Journal.IJournalAppender writer, params string[] events) =>
        writer.AppendAsync("web", Dialects.Weir, "{\"ip\":\"192.0.2.7\"}"u8.ToArray(), [.. events.Select(e => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(e))], CancellationToken.None);

    /// <summary>What a process of its own sees.</summary>
    public KafkaStreams OpenStreams()
    {
        var streams = new KafkaStreams(Options, [new SourceTopic(Topic, "web", IsOwn: true), .. Foreign], new TopicBook(Land.LakeFolder, LocalDisk.Instance), TimeProvider.System);
        opened.Add(streams);
        return streams;
    }

    public Task<LandResult> LandAsync() => Land.LandAsync(OpenStreams().Open());

    public AccountReport Account()
    {
        using var lake = Land.OpenLake();
        return Weir.Land.Account.Read(lake, OpenStreams().Open);
    }

    public async Task<VerifyReport> VerifyAsync()
    {
        using var lake = Land.OpenLake();
        return await new AccountVerifier(lake, LocalDisk.Instance, new VerifyOptions(Path.Combine(Land.Data, "run", "verify"))).VerifyAsync(new VerifyScope(), OpenStreams().Open, null, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in writers) await writer.DisposeAsync();
        foreach (var streams in opened) streams.Dispose();
        Land.Dispose();
    }
}
