using System.Text.Json;
using Weir.Identifiers;
using Weir.Land.Evaluate;

namespace Weir.Land.Fast.Scanning;

/// <summary>
/// Reads one JSON object to the letter of RFC 8259 and notes where the wanted values are. It says "surely valid" or nothing: what it is not sure of (a fault of
/// any kind, an escape in a name, two names of one hash) is left to the reader that is the definition. One instance serves one thread.
/// </summary>
/// <param name="maxDepth">The deepest nesting; the text's own braces are the first level.</param>
internal sealed class JsonScanner(int maxDepth)
{
    private readonly JsonIndex index = new();
    private readonly Level[] levels = new Level[maxDepth];
    private uint[] names = new uint[256];

    /// <summary>Looks through a text. False: ask the plain reader; what is in the slots then means nothing.</summary>
    /// <param name="text">One event.</param>
    /// <param name="plan">What is wanted of it.</param>
    /// <param name="slots">Receives the values.</param>
    public bool TryScan(ReadOnlySpan<byte> text, ScanPlan plan, Span<JsonSlice> slots)
    {
        slots.Clear();
        if (!index.TryFind(text)) return false;
        var places = index.Places;
        if (places.IsEmpty || text[(int)places[0]] != '{') return false;
        if (names.Length < places.Length) Array.Resize(ref names, places.Length * 2);
        return Walk(text, places, plan, slots);
    }

    private bool Walk(ReadOnlySpan<byte> text, ReadOnlySpan<uint> places, ScanPlan plan, Span<JsonSlice> slots)
    {
        var (depth, at, known) = (0, 0, 0);
        var level = default(Level);
        ScanPlan.Entry? wanted = null;
        var inside = plan; // of the object that comes next
    Value:
        var start = at < places.Length ? (int)places[at] : text.Length;
        var first = start < text.Length ? text[start] : (byte)0;
        at++;
        JsonSlice slice;
        switch (first)
        {
            case (byte)'"':
                var end = (int)places[at++];
                var escaped = index.HasBackslash(start + 1, end);
                if (escaped && !EscapesAreFine(text[(start + 1)..end])) return false;
                slice = new(start, end + 1 - start, JsonTokenType.String, escaped);
                break;
            case (byte)'{' or (byte)'[':
                if (depth == maxDepth) return false;
                levels[depth++] = level;
                level = new Level(start, known, wanted, first == '[' ? null : inside, first == '[');
                if (at < places.Length && text[(int)places[at]] == (first == '[' ? ']' : '}')) goto Close;
                if (first == '[') goto Element;
                goto Name;
            case (byte)'t':
                if (!Literal(text, start, "true"u8)) return false;
                slice = new(start, 4, JsonTokenType.True);
                break;
            case (byte)'f':
                if (!Literal(text, start, "false"u8)) return false;
                slice = new(start, 5, JsonTokenType.False);
                break;
            case (byte)'n':
                if (!Literal(text, start, "null"u8)) return false;
                slice = new(start, 4, JsonTokenType.Null);
                break;
            default:
                if (NumberLength(text[Math.Min(start, text.Length)..]) is not (> 0 and var length)) return false;
                slice = new(start, length, JsonTokenType.Number);
                break;
        }
        if (wanted is { Slot: >= 0 }) slots[wanted.Slot] = slice;
    Next:
        if (depth == 0) return at == places.Length;
        if (at >= places.Length) return false;
        switch (text[(int)places[at]])
        {
            case (byte)',':
                at++;
                if (level.IsArray) goto Element;
                goto Name;
            case (byte)'}' when !level.IsArray:
            case (byte)']' when level.IsArray:
                goto Close;
            default:
                return false;
        }
    Element:
        (wanted, inside) = (null, null!);
        goto Value;
    Name:
        if (at + 2 >= places.Length || text[(int)places[at]] != '"' || text[(int)places[at + 2]] != ':') return false;
        var (from, to) = ((int)places[at] + 1, (int)places[at + 1]);
        at += 3;
        if (index.HasBackslash(from, to)) return false;
        var name = text[from..to];
        var hash = TextHash.Of(name);
        if (names.AsSpan(level.Names, known - level.Names).Contains(hash)) return false;
        names[known++] = hash;
        wanted = level.Plan?.Find(name, hash);
        if (wanted is null && level.Plan is { IsClosed: true }) return false;
        inside = wanted?.Inside!;
        goto Value;
    Close:
        var close = (int)places[at++];
        if (level.Entry is { Slot: >= 0 } mine) slots[mine.Slot] = new(level.Start, close + 1 - level.Start, level.IsArray ? JsonTokenType.StartArray : JsonTokenType.StartObject);
        known = level.Names;
        level = levels[--depth];
        goto Next;
    }

    private static bool Literal(ReadOnlySpan<byte> text, int start, ReadOnlySpan<byte> literal) =>
        text[start..].StartsWith(literal) && IsEnd(text, start + literal.Length);

    /// <summary>The bytes of a number that begins here and ends where a value may end; 0: there is none.</summary>
    private static int NumberLength(ReadOnlySpan<byte> text)
    {
        var i = text.Length > 0 && text[0] == '-' ? 1 : 0;
        if (i >= text.Length || !char.IsAsciiDigit((char)text[i])) return 0;
        i = text[i] == '0' ? i + 1 : AfterDigits(text, i);
        if (i < text.Length && text[i] == '.')
        {
            var after = AfterDigits(text, i + 1);
            if (after == i + 1) return 0;
            i = after;
        }
        if (i < text.Length && text[i] is (byte)'e' or (byte)'E')
        {
            i++;
            if (i < text.Length && text[i] is (byte)'+' or (byte)'-') i++;
            var after = AfterDigits(text, i);
            if (after == i) return 0;
            i = after;
        }
        return IsEnd(text, i) ? i : 0;
    }

    private static int AfterDigits(ReadOnlySpan<byte> text, int i)
    {
        while (i < text.Length && char.IsAsciiDigit((char)text[i])) i++;
        return i;
    }

    private static bool IsEnd(ReadOnlySpan<byte> text, int at) => at == text.Length || text[at] is (byte)',' or (byte)'}' or (byte)']' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    /// <summary>Whether each escape is one that JSON has, and hides neither a NUL nor half a surrogate pair.</summary>
    private static bool EscapesAreFine(ReadOnlySpan<byte> inside)
    {
        for (var rest = inside; rest.IndexOf((byte)'\\') is var at and >= 0;)
        {
            var length = rest[at + 1] == 'u' ? 6 : 2;
            if (length == 6 ? rest.Length < at + 6 || rest.Slice(at + 2, 4).IndexOfAnyExcept(HexDigits) >= 0 : !"\"\\/bfnrt"u8.Contains(rest[at + 1])) return false;
            rest = rest[(at + length)..];
        }
        return JsonEscapes.Find(inside) == JsonEscapes.Finding.None;
    }

    private static readonly System.Buffers.SearchValues<byte> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>An object or array that is open.</summary>
    /// <param name="Start">Its first byte.</param>
    /// <param name="Names">Where the hashes of its names begin.</param>
    /// <param name="Entry">Who wants it.</param>
    /// <param name="Plan">What is wanted inside.</param>
    /// <param name="IsArray">Whether it is an array.</param>
    private readonly record struct Level(int Start, int Names, ScanPlan.Entry? Entry, ScanPlan? Plan, bool IsArray);
}
