using System.Runtime.InteropServices;

namespace Weir.Journal.Kafka.Reading.Native;

/// <summary>What of librdkafka takes many messages at once, where they lie: the client's own way makes some ten objects of each.</summary>
internal static unsafe partial class Librdkafka
{
    private const string Library = "librdkafka";

    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_get_consumer")]
    public static partial nint GetConsumerQueue(nint client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_destroy")]
    public static partial void DestroyQueue(nint queue);

    /// <summary>Waits until there are as many as asked for, or the time is over; −1 is an error.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_consume_batch_queue")]
    public static partial nint TakeBatch(nint queue, int milliseconds, NativeMessage** messages, nuint size);

    [LibraryImport(Library, EntryPoint = "rd_kafka_message_destroy")]
    public static partial void Destroy(NativeMessage* message);

    /// <summary>Milliseconds since 1970; the type is 0 if there is none.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_message_timestamp")]
    public static partial long GetTimestamp(NativeMessage* message, out int type);

    [LibraryImport(Library, EntryPoint = "rd_kafka_message_headers")]
    public static partial int GetHeaders(NativeMessage* message, out nint headers);

    [LibraryImport(Library, EntryPoint = "rd_kafka_header_get_all")]
    public static partial int GetHeader(nint headers, nuint index, out byte* name, out byte* value, out nuint length);
}

/// <summary><c>rd_kafka_message_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeMessage
{
    public int Error;
    public nint Topic;
    public int Partition;
    public byte* Value;
    public nuint Length;
    public byte* Key;
    public nuint KeyLength;
    public long Offset;
    public nint Private;
}
