using System.Runtime.InteropServices;
using Weir.Compression;

namespace Weir.Collect.Requests;

/// <summary>Decompresses by the system's libzstd, where it is installed.</summary>
internal static partial class Zstd
{
    private const int WindowLogMax = 100; // ZSTD_d_windowLogMax

    /// <summary>The largest window: 8 MiB, the most that RFC 9659 lets a sender use; without it a few bytes could ask for gigabytes.</summary>
    private const int WindowLog = 23;

    /// <summary>What a decoder may hold: its window, and what goes with it.</summary>
    public const int DecoderBytes = (1 << WindowLog) + (1 << 20);

    public static nint CreateDecoder()
    {
        var decoder = Create();
        if (decoder == 0) throw new InvalidOperationException("libzstd gives no decoder.");
        _ = SetParameter(decoder, WindowLogMax, WindowLog);
        return decoder;
    }

    /// <summary>Decompresses on. The result is 0 where a frame ended.</summary>
    /// <exception cref="InvalidDataException">It is not zstd, or wants a larger window.</exception>
    public static unsafe bool Decompress(nint decoder, ReadOnlySpan<byte> input, Span<byte> output, out int consumed, out int written)
    {
        fixed (byte* from = input)
        fixed (byte* to = output)
        {
            var (source, target) = (new Buffer { Start = (nint)from, Size = (nuint)input.Length }, new Buffer { Start = (nint)to, Size = (nuint)output.Length });
            var result = DecompressStream(decoder, ref target, ref source);
            if (IsError(result) != 0) throw new InvalidDataException("It is not zstd, or its window is larger than 8 MiB.");
            (consumed, written) = ((int)source.Position, (int)target.Position);
            return result == 0;
        }
    }

    [LibraryImport(Libzstd.Name, EntryPoint = "ZSTD_freeDStream")]
    public static partial nuint Free(nint decoder);

    [LibraryImport(Libzstd.Name, EntryPoint = "ZSTD_createDStream")]
    private static partial nint Create();

    [LibraryImport(Libzstd.Name, EntryPoint = "ZSTD_DCtx_setParameter")]
    private static partial nuint SetParameter(nint decoder, int parameter, int value);

    [LibraryImport(Libzstd.Name, EntryPoint = "ZSTD_decompressStream")]
    private static partial nuint DecompressStream(nint decoder, ref Buffer output, ref Buffer input);

    [LibraryImport(Libzstd.Name, EntryPoint = "ZSTD_isError")]
    private static partial uint IsError(nuint result);

    /// <summary>ZSTD_inBuffer and ZSTD_outBuffer.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Buffer
    {
        public nint Start;
        public nuint Size;
        public nuint Position;
    }
}
