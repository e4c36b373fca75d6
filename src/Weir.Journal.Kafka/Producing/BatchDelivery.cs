using Confluent.Kafka;

namespace Weir.Journal.Kafka.Producing;

/// <summary>A batch whose events are on their way to the broker, each in a message of its own; done when all are answered.</summary>
internal sealed class BatchDelivery(string brokers, string topic, int events)
{
    private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int left = events;
    private Error? failure;

    public Task Task => completion.Task;

    public void Report(DeliveryReport<byte[], byte[]> report) => Done(1, report.Error.IsError ? report.Error : report.Status == PersistenceStatus.Persisted ? null : new Error(ErrorCode.Unknown, "it may not be durable"));

    /// <summary>Some of them will get no answer.</summary>
    public void Done(int count, Error? error)
    {
        if (error is not null) Interlocked.CompareExchange(ref failure, error, null);
        if (Interlocked.Add(ref left, -count) > 0) return;
        if (failure is { } why) completion.SetException(IsSilence(why) ? KafkaErrors.Unreachable(brokers, $"{KafkaErrors.Reason(why)}.") : KafkaErrors.NotTaken(topic, KafkaErrors.Reason(why)));
        else completion.SetResult();
    }

    private static bool IsSilence(Error error) => error.Code is ErrorCode.Local_MsgTimedOut or ErrorCode.Local_TimedOut or ErrorCode.Local_Transport or ErrorCode.Local_AllBrokersDown
        or ErrorCode.RequestTimedOut or ErrorCode.NotEnoughReplicas or ErrorCode.NotEnoughReplicasAfterAppend or ErrorCode.LeaderNotAvailable or ErrorCode.Local_Resolve;
}
