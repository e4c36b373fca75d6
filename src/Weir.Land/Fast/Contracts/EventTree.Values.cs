using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Weir.Land.Dedupe;
using Weir.Land.Evaluate;

namespace Weir.Land.Fast.Contracts;

/// <summary>What the values of a tree say, and new ones.</summary>
internal sealed unsafe partial class EventTree
{
    private readonly Dictionary<Regex, Regex> patterns = new(ReferenceEqualityComparer.Instance);
    private char[] chars = new char[256];

    /// <summary>A node's text, of a string between the quotes.</summary>
    public ReadOnlySpan<byte> Text(int at)
    {
        if (nodes[at].Text == null) WriteColumn(at);
        return new(nodes[at].Text, nodes[at].Length);
    }

    /// <summary>What a string says; of anything else its text.</summary>
    public ReadOnlySpan<byte> String(int at)
    {
        if (nodes[at].IsEscaped) Unescape(at);
        return Text(at);
    }

    /// <summary>UTF-16 that holds until the next is asked for.</summary>
    public ReadOnlySpan<char> Chars(ReadOnlySpan<byte> utf8)
    {
        if (chars.Length < utf8.Length) chars = new char[utf8.Length * 2];
        return chars.AsSpan(0, Encoding.UTF8.GetChars(utf8, chars));
    }

    /// <summary>A number; false: it is none of few digits, and the plain path is asked.</summary>
    public bool TryNumber(int at, out SmallDecimal number)
    {
        ref readonly var node = ref nodes[at];
        number = node.Text == null ? new(node.Number < 0, (ulong)Math.Abs(node.Number), node.Scale) : default;
        return node.Text == null || SmallDecimal.TryRead(Text(at), out number) || Doubt();
    }

    /// <summary>Whether a number is whole; 2.0 is.</summary>
    public bool IsWhole(int at) => (nodes[at].Text != null && Text(at).IndexOfAny(".eE"u8) < 0) || (TryNumber(at, out var number) && number.IsWhole);

    /// <summary>Whether a pattern matches a text.</summary>
    public bool IsMatch(Regex pattern, ReadOnlySpan<byte> text)
    {
        // One of its own: threads that share one make each other's state anew.
        if (!patterns.TryGetValue(pattern, out var own)) patterns.Add(pattern, own = new Regex(pattern.ToString(), pattern.Options));
        return own.IsMatch(Chars(text));
    }

    /// <summary>Gives a node a value.</summary>
    /// <param name="at">The node.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="text">Its JSON text, of a string between the quotes, in memory that stays.</param>
    public void Set(int at, JsonTokenType kind, ReadOnlySpan<byte> text)
    {
        ref var node = ref nodes[at];
        node.Text = At(text);
        (node.Kind, node.Length, node.IsEscaped, node.IsOpen) = (kind, text.Length, false, false);
    }

    /// <summary>Gives a node the value of a column: a number, or a time as microseconds since 1970, which is a string.</summary>
    public void SetColumn(int at, JsonTokenType kind, long number, int scale)
    {
        ref var node = ref nodes[at];
        node.Text = null;
        (node.Kind, node.Number, node.Scale) = (kind, number, scale);
    }

    /// <summary>Gives a node a value whose text lies anywhere.</summary>
    public void SetMade(int at, JsonTokenType kind, ReadOnlySpan<byte> text)
    {
        var to = Memory.Take(text.Length);
        text.CopyTo(new Span<byte>(to, text.Length));
        Set(at, kind, new(to, text.Length));
    }

    /// <summary>Gives a node a string whose text lies anywhere and has escapes.</summary>
    public void SetEscaped(int at, ReadOnlySpan<byte> text)
    {
        var to = Memory.Take(text.Length + 2);
        (to[0], to[text.Length + 1]) = ((byte)'"', (byte)'"');
        text.CopyTo(new Span<byte>(to + 1, text.Length));
        Set(at, JsonTokenType.String, new(to + 1, text.Length));
        nodes[at].IsEscaped = true;
    }

    /// <summary>Gives a member another name, which lies anywhere.</summary>
    public void SetName(int at, ReadOnlySpan<byte> name)
    {
        nodes[at].Name = Memory.Take(name.Length);
        nodes[at].NameLength = name.Length;
        name.CopyTo(new Span<byte>(nodes[at].Name, name.Length));
    }

    /// <summary>Makes a node a number.</summary>
    /// <returns>True.</returns>
    public bool TrySet(int at, SmallDecimal number)
    {
        var to = new Span<byte>(Memory.Take(SmallDecimal.LongestText), SmallDecimal.LongestText);
        Set(at, JsonTokenType.Number, to[..number.Write(to)]);
        return true;
    }

    private void WriteColumn(int at)
    {
        if (nodes[at].Kind == JsonTokenType.String) SetMade(at, JsonTokenType.String, Encoding.UTF8.GetBytes(IsoTime.Text(UnixMicros.ToUtc(nodes[at].Number))));
        else if (TryNumber(at, out var number)) TrySet(at, number);
    }

    private void Unescape(int at)
    {
        ref var node = ref nodes[at];
        var reader = new Utf8JsonReader(new ReadOnlySpan<byte>(node.Text - 1, node.Length + 2));
        reader.Read();
        var to = Memory.Take(node.Length);
        var length = reader.CopyString(new Span<byte>(to, node.Length));
        node.Text = to;
        (node.Length, node.IsEscaped) = (length, false);
    }
}
