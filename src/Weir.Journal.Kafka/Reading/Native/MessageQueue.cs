using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Weir.Journal.Kafka.Reading.Native;

/// <summary>The messages that a consumer has fetched, taken some hundred at a time without a copy. Instead of the consumer's own <c>Consume</c>, and for one thread at a time.</summary>
internal sealed unsafe class MessageQueue : IDisposable
{
    private const int AtOnce = 500;
    private readonly SafeHandle client;
    private readonly nint queue;
    private readonly NativeMessage*[] messages = new NativeMessage*[AtOnce];
    private int first, end;

    public MessageQueue(IConsumer<byte[], byte[]> consumer)
    {
        client = (SafeHandle)HandleOf(consumer.Handle);
        var isHeld = false;
        client.DangerousAddRef(ref isHeld);
        queue = Librdkafka.GetConsumerQueue(client.DangerousGetHandle());
    }

    /// <summary>How many were taken and not left behind yet.</summary>
    public int Count => end - first;

    public KafkaMessage this[int index] => new(messages[first + index]);

    /// <summary>Takes what is there, once all that was taken is left behind; waits for the first.</summary>
    public void Take(TimeSpan wait)
    {
        (first, end) = (0, Take(0, TimeSpan.Zero, AtOnce));
        if (end == 0) end = Take(0, wait, 1);
        if (end == 1) end += Take(1, TimeSpan.Zero, AtOnce - 1);
    }

    /// <summary>Leaves the first ones behind: their memory is the client's again.</summary>
    public void Leave(int count)
    {
        for (; count > 0; count--) Librdkafka.Destroy(messages[first++]);
    }

    private int Take(int at, TimeSpan wait, int most)
    {
        fixed (NativeMessage** to = &messages[at])
        {
            return Math.Max(0, (int)Librdkafka.TakeBatch(queue, (int)wait.TotalMilliseconds, to, (nuint)most));
        }
    }

    // The client keeps its handle to itself.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_LibrdkafkaHandle")]
    [return: UnsafeAccessorType("Confluent.Kafka.Impl.SafeKafkaHandle, Confluent.Kafka")]
    private static extern object HandleOf(Handle handle);

    public void Dispose()
    {
        Leave(Count);
        Librdkafka.DestroyQueue(queue);
        client.DangerousRelease();
    }
}
