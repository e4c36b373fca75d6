using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Weir.Sources;

namespace Weir.Land.Fast.Masking;

/// <summary>
/// The personal values of one row, as far as they are of the simple kind that can be looked for in bytes: ids and IP addresses. What <see cref="Privacy.Secrets"/> would find in a text, this finds
/// too, and perhaps more. For one thread.
/// </summary>
internal sealed unsafe class FoundSecrets
{
    private const int ShortestWhole = 3, ShortestAddress = 7, ShortestRun = 3;
    private static readonly SearchValues<byte> AddressBytes = SearchValues.Create("0123456789abcdefABCDEF:."u8), Caseless = SearchValues.Create("0123456789:."u8);

    /// <summary>What an id may not have if it is to be looked for in JSON text: it would be escaped there, or might be.</summary>
    private static readonly SearchValues<byte> Plain = SearchValues.Create(" !#$%&'()*+,-.0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private readonly List<(nint Start, int Length)> wholes = [], parts = [];

    /// <summary>Whether one of them is written otherwise in the address of a page.</summary>
    public bool IsEscapable { get; private set; }

    public bool HasWholes => wholes.Count > 0;

    public void Clear()
    {
        wholes.Clear();
        parts.Clear();
        IsEscapable = false;
    }

    /// <summary>Notes a value, whose bytes stay where they are; false: it is not simple.</summary>
    public bool TryAdd(ReadOnlySpan<byte> text, PersonalKind kind) => text.Length == 0 || kind switch
    {
        PersonalKind.Id => TryAddWhole(text),
        PersonalKind.Ip => TryAddAddress(text),
        _ => false,
    };

    /// <summary>Whether one of them is in a text.</summary>
    public bool AreIn(ReadOnlySpan<byte> text) => IsWhole(text) || HasPart(text);

    /// <summary>Whether a text is one of those that count only as a whole.</summary>
    public bool IsWhole(ReadOnlySpan<byte> text)
    {
        foreach (var (start, length) in wholes)
            if (text.Length == length && Ascii.EqualsIgnoreCase(text, new ReadOnlySpan<byte>((void*)start, length))) return true;
        return false;
    }

    /// <summary>Whether one of the others is a part of a text.</summary>
    public bool HasPart(ReadOnlySpan<byte> text)
    {
        foreach (var (start, length) in parts)
            if (text.IndexOf(new ReadOnlySpan<byte>((void*)start, length)) >= 0) return true;
        return false;
    }

    private bool TryAddWhole(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAnyExcept(Plain) >= 0 || text[0] == ' ' || text[^1] == ' ') return false;
        if (text.Length >= ShortestWhole) wholes.Add((Place(text), text.Length));
        return true;
    }

    /// <summary>Looked for by what of it has no upper and lower case.</summary>
    private bool TryAddAddress(ReadOnlySpan<byte> text)
    {
        if (text.Length < ShortestAddress || text.IndexOfAnyExcept(AddressBytes) >= 0) return false;
        var (first, length) = (0, 0);
        for (var from = 0; from < text.Length;)
        {
            var end = text[from..].IndexOfAnyExcept(Caseless) is var found && found < 0 ? text.Length : from + found;
            if (end - from > length) (first, length) = (from, end - from);
            from = end + 1;
        }
        if (length < ShortestRun) return false;
        parts.Add((Place(text) + first, length));
        IsEscapable |= text.Contains((byte)':');
        return true;
    }

    private static nint Place(ReadOnlySpan<byte> text) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(text));
}
