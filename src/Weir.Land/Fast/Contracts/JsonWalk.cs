using System.Runtime.CompilerServices;

namespace Weir.Land.Fast.Contracts;

/// <summary>Steps over parts of a JSON text that was checked.</summary>
internal static unsafe class JsonWalk
{
    /// <summary>The first byte that is no white space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Skip(byte* at, byte* end) => at < end && *at > ' ' ? at : SkipBlanks(at, end);

    private static byte* SkipBlanks(byte* at, byte* end)
    {
        while (at < end && *at is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
        return at;
    }

    /// <summary>A string's closing quote.</summary>
    /// <param name="at">The byte behind its opening one.</param>
    /// <param name="end">Where the text ends.</param>
    /// <param name="isEscaped">Whether there is a <c>\</c> in it.</param>
    public static byte* StringEnd(byte* at, byte* end, out bool isEscaped)
    {
        isEscaped = false;
        while (at < end)
        {
            var next = new ReadOnlySpan<byte>(at, (int)(end - at)).IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0) break;
            at += next;
            if (*at == '"') return at;
            isEscaped = true;
            at += 2;
        }
        return end;
    }

    /// <summary>The byte behind a value.</summary>
    public static byte* ValueEnd(byte* at, byte* end)
    {
        if (*at is (byte)'{' or (byte)'[') return NestedEnd(at, end);
        if (*at == '"') return StringEnd(at + 1, end, out _) + 1;
        while (at < end && *at is not ((byte)',' or (byte)'}' or (byte)']' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')) at++;
        return at;
    }

    private static byte* NestedEnd(byte* at, byte* end)
    {
        for (var depth = 0; at < end; at++)
        {
            switch (*at)
            {
                case (byte)'"': at = StringEnd(at + 1, end, out _); break;
                case (byte)'{' or (byte)'[': depth++; break;
                case (byte)'}' or (byte)']' when --depth == 0: return at + 1;
            }
        }
        return end;
    }
}
