using Weir.Identifiers;

namespace Weir.Journal.Kafka;

/// <summary>Weir's own partitioner, the same for ever: <c>CRC-32C(key) mod partitions</c>. An event's copies meet in one partition, whoever collected them.</summary>
public static class Partitioner
{
    /// <summary>A key's partition, from 0.</summary>
    /// <param name="key">The message's key.</param>
    /// <param name="partitions">How many the topic has.</param>
    public static int Of(ReadOnlySpan<byte> key, int partitions) => (int)(Crc32C.Compute(key) % (uint)partitions);
}
