using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Weir.Journal.Kafka.Reading.Native;

/// <summary>A message where the client has it, until its batch gives it back.</summary>
internal readonly unsafe struct KafkaMessage(NativeMessage* at)
{
    private static readonly DateTime Latest = new(9999, 12, 31, 0, 0, 0, DateTimeKind.Utc);

    public long Offset => at->Offset;

    public int Partition => at->Partition;

    public ErrorCode Error => (ErrorCode)at->Error;

    /// <summary>Whether it has a value at all, be it empty.</summary>
    public bool HasValue => at->Value is not null;

    /// <summary>Of an error what the client says of it.</summary>
    public ReadOnlySpan<byte> Value => new(at->Value, checked((int)at->Length));

    public ReadOnlySpan<byte> Key => new(at->Key, checked((int)at->KeyLength));

    /// <summary>When it was received: its own timestamp, the broker's or the producer's as the topic has it; 1970 without one.</summary>
    public DateTimeOffset ReceivedAt
    {
        get
        {
            var time = Librdkafka.GetTimestamp(at, out var type);
            return new DateTimeOffset(DateTime.UnixEpoch.AddMilliseconds(type == (int)TimestampType.NotAvailable ? 0 : Math.Clamp(time, 0, (Latest - DateTime.UnixEpoch).TotalMilliseconds)));
        }
    }

    public MessageHeaderList Headers => new(Librdkafka.GetHeaders(at, out var headers) == 0 ? headers : 0);
}

/// <summary>The headers of a message, in their order.</summary>
internal readonly unsafe struct MessageHeaderList(nint headers)
{
    /// <param name="index">Which.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="isNull">Whether it has none.</param>
    /// <returns>False: there are fewer.</returns>
    public bool TryGet(int index, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value, out bool isNull)
    {
        name = value = default;
        isNull = false;
        if (headers == 0 || Librdkafka.GetHeader(headers, (nuint)index, out var at, out var bytes, out var length) != 0) return false;
        name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(at);
        value = new(bytes, checked((int)length));
        isNull = bytes is null;
        return true;
    }
}
