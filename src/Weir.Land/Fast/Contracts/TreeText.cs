using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Weir.Land.Fast.Contracts;

/// <summary>Writes nodes as the plain path writes what a contract changed: without white space, with the escapes of <see cref="JavaScriptEncoder.UnsafeRelaxedJsonEscaping"/>. Mostly that is what was sent.</summary>
internal static unsafe class TreeText
{
    /// <summary>Bytes that are never escaped: of ASCII what is visible and neither <c>"</c> nor <c>\</c>, and the letters U+00C0 to U+023F.</summary>
    public static readonly SearchValues<byte> Usual = SearchValues.Create(
        [.. Enumerable.Range(' ', 0x7F - ' ').Where(b => b is not ('"' or '\\')).Select(b => (byte)b), .. Enumerable.Range(0x80, 0x40).Select(b => (byte)b), .. Enumerable.Range(0xC3, 6).Select(b => (byte)b)]);

    /// <summary>Makes a node's texts what is written.</summary>
    /// <returns>How many bytes that are.</returns>
    public static int Measure(EventTree tree, int at)
    {
        ref readonly var node = ref tree[at];
        switch (node.Kind)
        {
            case JsonTokenType.String:
                if (!IsAsWritten(tree.Text(at), node.IsEscaped)) tree.SetEscaped(at, Escaped(tree.String(at)));
                return tree[at].Length + 2;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                return !node.IsOpen && IsAsWritten(node.Text, node.Text + node.Length) ? node.Length : MeasureInside(tree, at);
            default:
                return tree.Text(at).Length;
        }
    }

    private static int MeasureInside(EventTree tree, int at)
    {
        var (isObject, sum) = (tree[at].Kind == JsonTokenType.StartObject, 2 + Math.Max(0, tree.Count(at) - 1));
        for (var child = tree.First(at); child != EventTree.None; child = tree[child].Next)
        {
            if (isObject && !IsAsWritten(tree.Name(child), false)) tree.SetName(child, Escaped(tree.Name(child)));
            sum += Measure(tree, child) + (isObject ? tree[child].NameLength + 3 : 0);
        }
        return sum;
    }

    private static ReadOnlySpan<byte> Escaped(ReadOnlySpan<byte> text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;

    /// <summary>Writes a node that was measured.</summary>
    /// <returns>The byte behind it.</returns>
    public static byte* Write(EventTree tree, int at, byte* to)
    {
        ref readonly var node = ref tree[at];
        if (node.Kind == JsonTokenType.String)
        {
            *to++ = (byte)'"';
            to = Copy(tree.Text(at), to);
            *to++ = (byte)'"';
            return to;
        }
        if (!node.IsOpen) return Copy(tree.Text(at), to);
        var isObject = node.Kind == JsonTokenType.StartObject;
        *to++ = (byte)(isObject ? '{' : '[');
        for (var child = node.First; child != EventTree.None; child = tree[child].Next)
        {
            if (child != node.First) *to++ = (byte)',';
            if (isObject)
            {
                *to++ = (byte)'"';
                to = Copy(tree.Name(child), to);
                *to++ = (byte)'"';
                *to++ = (byte)':';
            }
            to = Write(tree, child, to);
        }
        *to++ = (byte)(isObject ? '}' : ']');
        return to;
    }

    /// <summary>Whether a text that was sent is what would be written.</summary>
    public static bool IsAsWritten(byte* at, byte* end)
    {
        for (; at < end; at++)
        {
            if (*at is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') return false;
            if (*at != '"') continue;
            var start = at + 1;
            at = JsonWalk.StringEnd(start, end, out var isEscaped);
            if (!IsAsWritten(new ReadOnlySpan<byte>(start, (int)(at - start)), isEscaped)) return false;
        }
        return true;
    }

    /// <summary>Whether what is between a string's quotes is what would be written.</summary>
    private static bool IsAsWritten(ReadOnlySpan<byte> text, bool isEscaped)
    {
        while (text.IndexOfAnyExcept(Usual) >= 0)
        {
            var at = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.FindFirstCharacterToEncodeUtf8(text);
            if (at < 0) return true;
            // Of the escapes only the short ones come again as they are.
            if (!isEscaped || text[at] != '\\' || !"\"\\bfnrt"u8.Contains(text[at + 1])) return false;
            text = text[(at + 2)..];
        }
        return true;
    }

    private static byte* Copy(ReadOnlySpan<byte> text, byte* to)
    {
        text.CopyTo(new Span<byte>(to, text.Length));
        return to + text.Length;
    }
}
