namespace Weir.Journal.Kafka.Producing;

/// <summary>
/// Whether it is worth asking the broker: once it did not answer in time, others are not kept waiting for as long; one in a while tries.
/// </summary>
internal sealed class BrokerWatch(TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private bool isAway, isTrying;
    private long triedAt;

    public bool IsAway => Volatile.Read(ref isAway);

    /// <summary>True: send it.</summary>
    public bool MayTry()
    {
        lock (gate)
        {
            if (!isAway) return true;
            if (isTrying || time.GetElapsedTime(triedAt) < Pause) return false;
            (isTrying, triedAt) = (true, time.GetTimestamp());
            return true;
        }
    }

    public void Answered()
    {
        if (!IsAway) return;
        lock (gate) (isAway, isTrying) = (false, false);
    }

    public void Failed()
    {
        lock (gate) (isAway, isTrying, triedAt) = (true, false, time.GetTimestamp());
    }
}
