using System.Buffers;
using System.Net;

namespace Weir.Land.Evaluate;

/// <summary>A query string as a JSON object of texts, so that one reading serves both forms of an event.</summary>
internal static class QueryText
{
    /// <summary>Parameters in their order. Bytes that are not UTF-8 stay so, and a name twice stays twice: both are faults of the event.</summary>
    public static ReadOnlyMemory<byte> ToJson(ReadOnlySpan<byte> query)
    {
        var text = new ArrayBufferWriter<byte>(query.Length * 2);
        text.Write("{"u8);
        foreach (var range in query.Split((byte)'&'))
        {
            var pair = query[range];
            if (pair.IsEmpty) continue;
            var equals = pair.IndexOf((byte)'=');
            if (text.WrittenCount > 1) text.Write(","u8);
            Write(text, equals < 0 ? pair : pair[..equals]);
            text.Write(":"u8);
            Write(text, equals < 0 ? [] : pair[(equals + 1)..]);
        }
        text.Write("}"u8);
        return text.WrittenMemory;
    }

    private static void Write(ArrayBufferWriter<byte> text, ReadOnlySpan<byte> escaped)
    {
        var bytes = escaped.ToArray();
        var plain = WebUtility.UrlDecodeToBytes(bytes, 0, bytes.Length);
        text.Write("\""u8);
        foreach (var value in plain)
        {
            if (value is (byte)'"' or (byte)'\\') text.Write([(byte)'\\', value]);
            else if (value >= 0x20) text.Write([value]);
            else text.Write([(byte)'\\', (byte)'u', (byte)'0', (byte)'0', (byte)(value >> 4 | '0'), "0123456789abcdef"u8[value & 15]]);
        }
        text.Write("\""u8);
    }
}
