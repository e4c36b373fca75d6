using System.Buffers.Text;
using System.Text;

namespace Weir.Collect.Splitting;

/// <summary>
/// Bodies that PostHog's browser library sends as a form, so that a page that is being left needs no preflight: <c>data=</c> and the JSON, in base64 or as it is, with its characters escaped.
/// </summary>
internal static class FormBody
{
    /// <summary>The JSON of a form's <c>data</c>; a body that is no such form as it came.</summary>
    public static ReadOnlyMemory<byte> Unwrap(ReadOnlyMemory<byte> body)
    {
        if (!IsForm(body.Span)) return body;
        foreach (var range in body.Span.Split((byte)'&'))
        {
            var field = body[range].Span;
            if (!field.StartsWith("data="u8)) continue;
            var text = Unescape(field["data="u8.Length..]);
            if (text.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..]) return text;
            // Base64 has no spaces: one was a plus that the client did not escape.
            text.AsSpan().Replace((byte)' ', (byte)'+');
            if (Decode(text) is { } json) return json;
        }
        return body;
    }

    private static bool IsForm(ReadOnlySpan<byte> body) => body.StartsWith("data="u8) || (!body.IsEmpty && body[0] is not ((byte)'{' or (byte)'[') && body.IndexOf("&data="u8) > 0);

    private static byte[]? Decode(byte[] text)
    {
        var plain = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length) + 3];
        var padded = (byte[])[.. text, .. Encoding.ASCII.GetBytes(new string('=', (4 - (text.Length % 4)) % 4))]; // some leave out the padding
        return Base64.DecodeFromUtf8(padded, plain, out _, out var length) == System.Buffers.OperationStatus.Done ? plain[..length] : null;
    }

    /// <summary>As forms are: <c>+</c> is a space, <c>%XX</c> a byte.</summary>
    private static byte[] Unescape(ReadOnlySpan<byte> text)
    {
        var plain = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && Utf8Parser.TryParse(text.Slice(i + 1, 2), out byte value, out var used, 'x') && used == 2)
            {
                plain[length++] = value;
                i += 2;
            }
            else plain[length++] = text[i] == '+' ? (byte)' ' : text[i];
        }
        return plain[..length];
    }
}
