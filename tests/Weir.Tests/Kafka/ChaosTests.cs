using Weir.Tests.Acceptance;

namespace Weir.Tests.Kafka;

/// <summary>
/// Load from a collector's journal in Kafka while landers are killed, paused past their lease, stopped and added, and brokers are killed or held: what was acknowledged is in the lake once, row for row, and the account is proven.
/// Short here; <c>eng/long/kafka-chaos</c> runs it for minutes on three brokers.
/// </summary>
public class ChaosTests
{
    [Fact]
    public async Task Whatever_dies_everything_acknowledged_is_landed_once() // K1, K3, K9, K10
    {
        var plan = ChaosPlan.FromEnvironment();
        var server = await KafkaServer.StartOwnAsync(plan.Nodes);
        try
        {
            using var project = new TemporaryProject();
            await using var run = new ChaosRun(plan, server, project);
            var report = await run.RunAsync();
            TestContext.Current.TestOutputHelper?.WriteLine(report);
            plan.Write(report);
        }
        finally
        {
            await server.RunAsync("stop");
        }
    }
}

/// <summary>How long and how hard.</summary>
internal sealed record ChaosPlan(int Seed, TimeSpan Load, int Nodes, int Landers, int Partitions, string? Result)
{
    public static ChaosPlan FromEnvironment()
    {
        static string? Of(string name) => Environment.GetEnvironmentVariable($"WEIR_KAFKA_CHAOS_{name}");
        static int Number(string name, int otherwise) => Of(name) is { Length: > 0 } text ? int.Parse(text) : otherwise;
        return new ChaosPlan(Number("SEED", 1), TimeSpan.FromSeconds(Number("SECONDS", 12)), Number("NODES", 1), Number("LANDERS", 2), Number("PARTITIONS", 6), Of("RESULT"));
    }

    public void Write(string line)
    {
        if (Result is { Length: > 0 }) File.AppendAllText(Result, line + "\n");
    }
}
