using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Weir.Journal.Kafka.Wire;

namespace Weir.Journal.Kafka;

/// <summary>Looks at a connection to Kafka step by step, so that a person hears which of them fails, in a sentence.</summary>
/// <param name="options">The cluster.</param>
/// <param name="topics">The topics of the declared sources.</param>
/// <param name="writes">Whether collectors append to Weir's own topics.</param>
/// <param name="time">The clock.</param>
public sealed class KafkaCheck(KafkaOptions options, IReadOnlyList<SourceTopic> topics, bool writes, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Each broker's name is known, and somebody listens.</summary>
    /// <exception cref="WeirException">WEIR1080, WEIR1081.</exception>
    public async Task<string> ReachAsync()
    {
        foreach (var (host, port) in Brokers())
        {
            try
            {
                await Dns.GetHostAddressesAsync(host);
            }
            catch (SocketException e)
            {
                throw CheckErrors.UnknownName(host, port, e);
            }
            try
            {
                using var tcp = new TcpClient();
                using var late = new CancellationTokenSource(Patience);
                await tcp.ConnectAsync(host, port, late.Token);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                throw CheckErrors.NobodyListens(host, port, e is OperationCanceledException ? $"no answer within {Patience.TotalSeconds:0} s: a firewall may swallow it" : e.Message, e);
            }
        }
        return options.Brokers;
    }

    /// <summary>The brokers take the connection as it is secured, and the user.</summary>
    /// <exception cref="WeirException">WEIR1082, WEIR1083.</exception>
    public async Task<string> LogInAsync()
    {
        var protocol = options.Settings.GetValueOrDefault("security.protocol", "plaintext").ToLowerInvariant();
        foreach (var (host, port) in Brokers())
        {
            using var late = new CancellationTokenSource(Patience);
            try
            {
                using var connection = await WireConnection.OpenAsync(host, port, options.Settings, late.Token);
                await TopicFacts.AskAsync(connection, [], late.Token);
            }
            catch (NotSupportedException)
            {
                LogInByLibrary();
            }
            catch (UnauthorizedAccessException e)
            {
                throw CheckErrors.Refused(host, port, options.Settings.GetValueOrDefault("sasl.username", ""), e.Message, e);
            }
            catch (Exception e) when (e is AuthenticationException or IOException or InvalidDataException or SocketException or OperationCanceledException)
            {
                throw CheckErrors.NotSecured(host, port, protocol, e is OperationCanceledException ? "it does not answer" : e.Message, e);
            }
        }
        return $"{protocol}{(options.Settings.TryGetValue("sasl.username", out var user) ? $" as {user}" : "")}, librdkafka {KafkaLibrary.Version}";
    }

    /// <summary>The topics are there, this user may do what is needed, and messages may be as large as they are said to be.</summary>
    /// <exception cref="WeirException">WEIR1084, WEIR1085, WEIR1086.</exception>
    public async Task<string> TopicsAsync()
    {
        using var cluster = new KafkaCluster(options, time);
        var facts = await Task.Run(() => cluster.ReadTopics([.. topics.Select(t => t.Name)]));
        foreach (var (topic, fact) in topics.Join(facts, t => t.Name, f => f.Name, (t, f) => (t, f)))
        {
            if (fact.Error == TopicFacts.NotAllowed) throw CheckErrors.NotAllowed(topic.Name, topic.Source, "see");
            if (fact.Error != 0) throw CheckErrors.NoTopic(topic.Name, topic.Source, topic.IsOwn);
            if (!fact.MayRead) throw CheckErrors.NotAllowed(topic.Name, topic.Source, "read");
            if (topic.IsOwn && writes && !fact.MayWrite) throw CheckErrors.NotAllowed(topic.Name, topic.Source, "write to");
            if (topic.IsOwn && writes && await ReadLimitAsync(topic.Name) is { } limit && limit < options.MaxMessageBytes) throw CheckErrors.SmallMessages(topic.Name, limit, options.MaxMessageBytes);
        }
        return $"{facts.Count:N0} topics, {facts.Sum(f => f.Partitions):N0} partitions";
    }

    private IEnumerable<(string Host, int Port)> Brokers() => options.Brokers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(TopicFacts.Address);

    /// <summary>Where only librdkafka can log in: it says whether it could.</summary>
    private void LogInByLibrary()
    {
        using var cluster = new KafkaCluster(options, time);
        using var admin = Admin(cluster);
        try
        {
            admin.GetMetadata(Patience);
        }
        catch (KafkaException e)
        {
            var (host, port) = Brokers().First();
            throw CheckErrors.Refused(host, port, options.Settings.GetValueOrDefault("sasl.username", ""), cluster.LastError.Length > 0 ? cluster.LastError : KafkaErrors.Reason(e.Error), e);
        }
    }

    /// <summary>Null: this user may not know.</summary>
    private async Task<int?> ReadLimitAsync(string topic)
    {
        using var cluster = new KafkaCluster(options, time);
        using var admin = Admin(cluster);
        try
        {
            var found = await admin.DescribeConfigsAsync([new ConfigResource { Type = ResourceType.Topic, Name = topic }], new DescribeConfigsOptions { RequestTimeout = Patience });
            return found[0].Entries.TryGetValue("max.message.bytes", out var entry) && int.TryParse(entry.Value, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
        }
        catch (KafkaException)
        {
            return null;
        }
    }

    private static IAdminClient Admin(KafkaCluster cluster)
    {
        KafkaLibrary.Ensure();
        return KafkaCluster.Build(() => new AdminClientBuilder(cluster.Settings(new Dictionary<string, string>())).SetErrorHandler((_, e) => cluster.Note(e)).SetLogHandler((_, _) => { }).Build());
    }
}
