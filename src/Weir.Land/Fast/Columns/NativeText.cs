using System.Runtime.InteropServices;
using System.Text;
using Weir.DuckDb;

namespace Weir.Land.Fast.Columns;

/// <summary>Memory for the bytes of texts, which stays where it is until <see cref="Reset"/>. For one thread.</summary>
internal sealed unsafe class NativeText : IDisposable
{
    private const int PieceLength = 1 << 20;

    /// <summary>What reads a text's end in whole words may read so far beyond it.</summary>
    private const int Behind = 64;

    private readonly List<(nint Start, int Length)> pieces = [];
    private int piece = -1;
    private int used, length;
    private byte* start;

    ~NativeText() => Free();

    /// <summary>Forgets all texts, and keeps the memory.</summary>
    public void Reset()
    {
        for (var i = pieces.Count - 1; i >= 0; i--)
        {
            if (pieces[i].Length == PieceLength) continue;
            NativeMemory.Free((void*)pieces[i].Start);
            pieces.RemoveAt(i);
        }
        (piece, used, length) = (-1, 0, 0);
    }

    /// <summary>Room for so many bytes, and some that may be read behind them.</summary>
    public byte* Take(int bytes)
    {
        if (used + bytes + Behind > length) Next(bytes + Behind);
        var at = start + used;
        used += bytes;
        return at;
    }

    /// <summary>A copy of a text.</summary>
    public TextCell Add(ReadOnlySpan<byte> utf8)
    {
        var at = Take(utf8.Length);
        utf8.CopyTo(new Span<byte>(at, utf8.Length));
        return TextCell.At(at, utf8.Length);
    }

    /// <summary>A copy of a text that is valid UTF-16.</summary>
    public TextCell Add(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var at = Take(most);
        var bytes = Encoding.UTF8.GetBytes(text, new Span<byte>(at, most));
        used -= most - bytes;
        return TextCell.At(at, bytes);
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Next(int least)
    {
        if (least <= PieceLength && piece + 1 < pieces.Count && pieces[piece + 1].Length >= least) piece++;
        else
        {
            var size = Math.Max(PieceLength, least);
            pieces.Insert(++piece, ((nint)NativeMemory.Alloc((nuint)size), size));
        }
        start = (byte*)pieces[piece].Start;
        (length, used) = (pieces[piece].Length, 0);
    }

    private void Free()
    {
        foreach (var (at, _) in pieces) NativeMemory.Free((void*)at);
        pieces.Clear();
        (piece, used, length) = (-1, 0, 0);
    }
}
