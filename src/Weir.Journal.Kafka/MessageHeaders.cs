namespace Weir.Journal.Kafka;

/// <summary>The headers of a message that a collector of Weir wrote (docs/formats/kafka.md).</summary>
internal static class MessageHeaders
{
    /// <summary>The format: <c>1</c>.</summary>
    public const string Format = "weir-format";

    /// <summary>The dialect of the value.</summary>
    public const string Dialect = "weir-dialect";

    /// <summary>The envelope of its request, JSON.</summary>
    public const string Envelope = "weir-envelope";

    public static ReadOnlySpan<byte> DialectName => "weir-dialect"u8;

    public static ReadOnlySpan<byte> EnvelopeName => "weir-envelope"u8;
}
