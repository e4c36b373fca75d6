using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Weir.Journal.Kafka.Producing;

/// <summary>Makes Weir's own topics where they are not there.</summary>
internal static class TopicMaker
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static async Task MakeAsync(KafkaCluster cluster, IReadOnlyList<string> sources)
    {
        var names = sources.Select(cluster.Options.TopicOf).ToList();
        var missing = (await Task.Run(() => cluster.ReadTopics(names))).Where(t => t.Error == Wire.TopicFacts.Unknown).Select(t => t.Name).ToList();
        if (missing.Count == 0) return;
        KafkaLibrary.Ensure();
        using var admin = KafkaCluster.Build(() =>
            new AdminClientBuilder(cluster.Settings(new Dictionary<string, string>())).SetErrorHandler((_, e) => cluster.Note(e)).SetLogHandler((_, _) => { }).Build());
        try
        {
            await admin.CreateTopicsAsync(missing.Select(name => new TopicSpecification { Name = name, NumPartitions = cluster.Options.Partitions, ReplicationFactor = cluster.Options.Replication }),
                new CreateTopicsOptions { RequestTimeout = Patience, OperationTimeout = Patience });
        }
        catch (CreateTopicsException e)
        {
            // Another collector may have been faster.
            if (e.Results.FirstOrDefault(r => r.Error.IsError && r.Error.Code != ErrorCode.TopicAlreadyExists) is { } failed)
                throw KafkaErrors.TopicGone(failed.Topic, failed.Topic[cluster.Options.TopicPrefix.Length..], $"it cannot be made: {KafkaErrors.Reason(failed.Error)}");
        }
        catch (KafkaException e)
        {
            throw KafkaErrors.Unreachable(cluster.Options.Brokers, $"{KafkaErrors.Reason(e.Error)}.", e);
        }
    }
}
