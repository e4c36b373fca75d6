using Confluent.Kafka;
using Weir.Events;

namespace Weir.Journal.Kafka.Reading;

/// <summary>
/// Reads what the brokers still hold of a partition, each message with its checksum. What they have deleted by the topic's own rules after it landed is proven by the ledger alone, and counted as removed.
/// </summary>
internal sealed class PartitionProof(KafkaCluster cluster, TopicPartition place, PartitionReader reader)
{
    public StreamProof Run(ProofClaim claim, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var (hours, at) = (new List<ReceivedHour>(), claim.From);
        try
        {
            var (first, end) = cluster.ReadEnds(place);
            var to = Math.Min(claim.To, end);
            at = Math.Max(claim.From, first);
            var removed = Math.Max(0, Math.Min(at, to) - claim.From);
            if (at < to) reader.Begin(at);
            while (at < to)
            {
                var next = to;
                if (reader.Read(to, cancellationToken))
                {
                    for (var i = 0; i < reader.Count; i++) HourNotes.Add(hours, reader[i].ReceivedAt.UtcDateTime, reader[i].Offset, 1);
                    next = reader[reader.Count - 1].Offset + 1;
                    reader.Leave(reader.Count);
                }
                progress?.Report(next - at);
                at = next;
            }
            return new(hours, claim.To <= end ? [] : [new(end, claim.To, place.ToString(), $"ends at offset {end}, before what was received", "The brokers lost what they had acknowledged: look at their logs")], removed);
        }
        catch (WeirException e)
        {
            return new(hours, [new(at, claim.To, place.ToString(), $"cannot be read: {e.Message}", "Follow what the message says")]);
        }
    }
}
