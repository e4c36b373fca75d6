using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Weir.Journal.Kafka;

namespace Weir.Tests.Kafka;

/// <summary>A real Kafka (<c>eng/servers/kafka.sh</c>), one node for all tests of a run, started by the first that asks and ended with the run.</summary>
internal sealed class KafkaServer
{
    private static readonly Lazy<Task<KafkaServer>> One = new(() => StartAsync(1));
    private static int last;
    private readonly IReadOnlyDictionary<string, string> said;

    private KafkaServer(string folder, IReadOnlyDictionary<string, string> said) => (Folder, this.said) = (folder, said);

    public string Folder { get; }
    public string Brokers => said["KAFKA_BROKERS"];
    public string Sasl => said["KAFKA_SASL"];
    public string Tls => said["KAFKA_TLS"];
    public string Authority => said["KAFKA_CA"];

    public static Task<KafkaServer> GetAsync()
    {
        RequireIt();
        return One.Value;
    }

    /// <summary>One of a test's own, for tests that hold or kill it.</summary>
    public static Task<KafkaServer> StartOwnAsync(int nodes = 1)
    {
        RequireIt();
        return StartAsync(nodes);
    }

    /// <summary>Topics that no other test uses.</summary>
    public KafkaOptions NewOptions(int partitions = 3)
    {
        var number = Interlocked.Increment(ref last);
        return new KafkaOptions(Brokers) { TopicPrefix = $"t{number}.", Partitions = partitions, Group = $"g{number}" };
    }

    public IAdminClient Admin()
    {
        KafkaLibrary.Ensure();
        return new AdminClientBuilder(new Dictionary<string, string> { ["bootstrap.servers"] = Brokers }).SetLogHandler((_, _) => { }).Build();
    }

    public async Task MakeTopicAsync(string name, int partitions, Dictionary<string, string>? configs = null)
    {
        using var admin = Admin();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = name, NumPartitions = partitions, Configs = configs }]);
    }

    /// <summary>A producer of the tests' own: another program's.</summary>
    public IProducer<byte[], byte[]> Producer(Dictionary<string, string>? settings = null)
    {
        KafkaLibrary.Ensure();
        return new ProducerBuilder<byte[], byte[]>(new Dictionary<string, string>(settings ?? []) { ["bootstrap.servers"] = Brokers, ["acks"] = "all", ["linger.ms"] = "0" }).SetLogHandler((_, _) => { }).Build();
    }

    public Task RunAsync(params string[] arguments) => ServerScript.RunAsync("kafka", 0, [arguments[0], Folder, .. arguments[1..]]);

    private static void RequireIt()
    {
        var home = Environment.GetEnvironmentVariable("KAFKA_HOME") ?? "";
        Require.That(Directory.Exists(Path.Combine(home, "libs")), "kafka", "KAFKA_HOME names no folder with Apache Kafka (libs/*.jar)");
        Require.That(HasLibrary(), "kafka", "librdkafka is not installed: apt-get install librdkafka1");
    }

    private static bool HasLibrary()
    {
        try
        {
            KafkaLibrary.Ensure();
            return true;
        }
        catch (WeirException)
        {
            return false;
        }
    }

    private static async Task<KafkaServer> StartAsync(int nodes)
    {
        var (folder, said) = await ServerScript.StartAsync("kafka", 4, $"{nodes}");
        return new KafkaServer(folder, said);
    }
}
