using System.Diagnostics;
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

    public Task RunAsync(params string[] arguments) => ScriptAsync([arguments[0], Folder, .. arguments[1..]]);

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
        var folder = Directory.CreateTempSubdirectory("weir-kafka-").FullName;
        var said = await ScriptAsync(["start", folder, $"{nodes}", $"{Environment.ProcessId}"]);
        return new KafkaServer(folder, said);
    }

    private static async Task<Dictionary<string, string>> ScriptAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "eng", "servers", "kafka.sh"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var script = Process.Start(start)!;
        var error = new List<string>();
        script.ErrorDataReceived += (_, line) => error.Add(line.Data ?? "");
        script.BeginErrorReadLine();
        var said = new Dictionary<string, string>();
        while ((arguments[0] != "start" || said.Count < 4) && await script.StandardOutput.ReadLineAsync() is { } line)
            if (line.Split('=', 2) is [var name, var value]) said[name] = value;
        await script.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(3)).Token);
        return script.ExitCode == 0 ? said : throw new InvalidOperationException($"kafka.sh {arguments[0]} failed: {string.Join('\n', error)}");
    }
}
