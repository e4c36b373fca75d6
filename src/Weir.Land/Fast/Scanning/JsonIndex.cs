using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text.Unicode;

namespace Weir.Land.Fast.Scanning;

/// <summary>
/// Where a JSON text has its braces, brackets, colons, commas, quotes and the beginnings of its other values: found 64 bytes at a time, without a branch a
/// byte. The way of simdjson (Langdale, Lemire: Parsing Gigabytes of JSON per Second, 2019). One instance serves one thread.
/// </summary>
internal sealed class JsonIndex
{
    private const ulong Even = 0x5555_5555_5555_5555;

    /// <summary>So many places are written at a time, whether there are so many or not.</summary>
    private const int Stride = 8;

    private uint[] places = new uint[1024];
    private ulong[] backslashes = new ulong[64];
    private bool hasBackslashes;

    /// <summary>The places, in order. In a text that was found good each quote is followed by the one that closes it.</summary>
    public ReadOnlySpan<uint> Places => places.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <summary>Whether a <c>\</c> stands in a part of the text.</summary>
    public bool HasBackslash(int start, int end) => hasBackslashes && start < end && FindBackslash(start, end);

    private bool FindBackslash(int start, int end)
    {
        var (first, last) = (start >> 6, (end - 1) >> 6);
        var from = ulong.MaxValue << start;
        var to = ulong.MaxValue >> (63 - ((end - 1) & 63));
        if (first == last) return (backslashes[first] & from & to) != 0;
        if ((backslashes[first] & from) != 0 || (backslashes[last] & to) != 0) return true;
        return backslashes.AsSpan(first + 1, last - first - 1).ContainsAnyExcept(0UL);
    }

    /// <summary>Looks through a text. False: it has bytes that no JSON text has where they stand, or its last string does not end.</summary>
    public bool TryFind(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        var state = default(State);
        var at = 0;
        ref var place = ref MemoryMarshal.GetArrayDataReference(places);
        for (; at + BlockMasks.Length <= text.Length; at += BlockMasks.Length)
            Add(BlockMasks.Of(in text[at]), at, ref state, ref place);
        if (at < text.Length)
        {
            Span<byte> rest = stackalloc byte[BlockMasks.Length];
            rest.Fill((byte)' ');
            text[at..].CopyTo(rest);
            Add(BlockMasks.Of(in rest[0]), at, ref state, ref place);
        }
        Count = state.Count;
        hasBackslashes = state.Backslashes != 0;
        if (state.Wrong != 0 || state.InString != 0) return false;
        if (state.OddControls && !ControlsAreWhiteSpace(text)) return false;
        return state.High == 0 || Utf8.IsValid(text);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(in BlockMasks block, int at, ref State state, ref uint place)
    {
        var quotes = block.Quotes & ~Escaped(block.Backslashes, ref state.Escapes);
        var inString = PrefixXor(quotes) ^ state.InString; // from each opening quote up to its closing one
        state.InString = (ulong)((long)inString >> 63);
        state.Wrong |= block.Controls & inString;
        state.OddControls |= (block.Controls & ~inString) != 0;
        state.High |= block.High;
        state.Backslashes |= block.Backslashes;
        backslashes[at >> 6] = block.Backslashes;
        var scalar = ~(block.Operators | block.Blanks | inString | quotes);
        var begins = scalar & ~(scalar << 1 | state.InScalar);
        state.InScalar = scalar >> 63;
        state.Count += Note((block.Operators & ~inString) | quotes | begins, (uint)at, ref Unsafe.Add(ref place, state.Count));
    }

    /// <returns>How many there are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Note(ulong bits, uint at, ref uint place)
    {
        var count = BitOperations.PopCount(bits);
        for (var noted = 0; noted < count; noted += Stride)
        {
            for (var i = 0; i < Stride; i++, bits &= bits - 1) Unsafe.Add(ref place, noted + i) = at + (uint)BitOperations.TrailingZeroCount(bits);
        }
        return count;
    }

    /// <summary>The bytes behind a <c>\</c> that is not itself behind one.</summary>
    private static ulong Escaped(ulong backslashes, ref ulong carried)
    {
        if (backslashes == 0)
        {
            var first = carried;
            carried = 0;
            return first;
        }
        backslashes &= ~carried;
        var follows = backslashes << 1 | carried;
        var odd = backslashes & ~Even & ~follows;
        var sums = odd + backslashes;
        carried = sums < odd ? 1UL : 0;
        return (Even ^ sums << 1) & follows;
    }

    /// <summary>Each bit: whether up to it, itself included, an odd number of bits is set.</summary>
    private static ulong PrefixXor(ulong bits) =>
        Pclmulqdq.IsSupported ? Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar() : PrefixXorByShifts(bits);

    private static ulong PrefixXorByShifts(ulong bits)
    {
        for (var shift = 1; shift < 64; shift <<= 1) bits ^= bits << shift;
        return bits;
    }

    private static bool ControlsAreWhiteSpace(ReadOnlySpan<byte> text)
    {
        foreach (var value in text)
            if (value < ' ' && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r')) return false;
        return true;
    }

    private void Reserve(int length)
    {
        var blocks = (length + BlockMasks.Length - 1) / BlockMasks.Length;
        if (backslashes.Length < blocks) backslashes = new ulong[BitOperations.RoundUpToPowerOf2((uint)blocks)];
        var most = blocks * BlockMasks.Length + Stride;
        if (places.Length < most) places = new uint[BitOperations.RoundUpToPowerOf2((uint)most)];
    }

    private struct State
    {
        /// <summary>The places so far.</summary>
        public int Count;

        /// <summary>All ones: the last byte was inside a string.</summary>
        public ulong InString;

        /// <summary>1: the last byte was a <c>\</c> that escapes the next.</summary>
        public ulong Escapes;

        /// <summary>1: the last byte belonged to a number or literal.</summary>
        public ulong InScalar;

        public ulong Wrong, High, Backslashes;
        public bool OddControls;
    }
}
