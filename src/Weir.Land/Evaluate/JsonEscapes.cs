using System.Buffers.Text;
using System.Diagnostics;

namespace Weir.Land.Evaluate;

/// <summary>What valid escapes of a JSON string may still hide.</summary>
internal static class JsonEscapes
{
    internal enum Finding
    {
        None,
        Nul,
        UnpairedSurrogate,
    }

    /// <summary>Looks through the inside of a string whose escapes are well formed.</summary>
    public static Finding Find(ReadOnlySpan<byte> inside)
    {
        for (var i = inside.IndexOf((byte)'\\'); i >= 0 && i < inside.Length; i = Next(inside, i))
        {
            if (inside[i + 1] != 'u')
            {
                i += 2;
                continue;
            }
            var unit = Unit(inside, i);
            i += 6;
            if (unit == 0) return Finding.Nul;
            if (char.IsLowSurrogate(unit)) return Finding.UnpairedSurrogate;
            if (!char.IsHighSurrogate(unit)) continue;
            var paired = i + 6 <= inside.Length && inside[i] == '\\' && inside[i + 1] == 'u' && char.IsLowSurrogate(Unit(inside, i));
            if (!paired) return Finding.UnpairedSurrogate;
            i += 6;
        }
        return Finding.None;
    }

    private static int Next(ReadOnlySpan<byte> inside, int from)
    {
        if (from >= inside.Length) return -1;
        var next = inside[from..].IndexOf((byte)'\\');
        return next < 0 ? -1 : from + next;
    }

    private static char Unit(ReadOnlySpan<byte> inside, int at) =>
        Utf8Parser.TryParse(inside.Slice(at + 2, 4), out ushort unit, out _, 'x') ? (char)unit : throw new UnreachableException("The reader lets only four hex digits through.");
}
