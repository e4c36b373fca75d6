using System.Runtime.InteropServices;
using Weir.Compression;

namespace Weir.Lake.Parquet;

/// <summary>Compresses by the system's libzstd, where it is installed, at the fastest of its usual levels. For one thread.</summary>
internal sealed partial class Zstd : IDisposable
{
    private const int Level = 1;
    private readonly nint context = CreateContext();

    public Zstd()
    {
        if (context == 0) throw new InvalidOperationException("libzstd gives no context.");
    }

    ~Zstd() => Free(context);

    /// <summary>Compresses bytes behind what a buffer holds.</summary>
    /// <returns>How many bytes they came to.</returns>
    public unsafe int Compress(ReadOnlySpan<byte> bytes, ByteBuffer to)
    {
        var room = to.Reserve(checked((int)Bound((nuint)bytes.Length)));
        fixed (byte* from = bytes)
        fixed (byte* at = room)
        {
            var length = Compress(context, at, (nuint)room.Length, from, (nuint)bytes.Length, Level);
            if (IsError(length) != 0) throw new InvalidOperationException($"libzstd could not compress {bytes.Length} bytes: error {length}.");
            to.Advance((int)length);
            return (int)length;
        }
    }

    public void Dispose()
    {
        Free(context);
        GC.SuppressFinalize(this);
    }

    [LibraryImport(Libzstd.Name, EntryPoint = "ZSTD_createCCtx")]
    private static partial nint CreateContext();

    [LibraryImport(Libzstd.Name, EntryPoint = "ZSTD_freeCCtx")]
    private static partial nuint Free(nint context);

    [LibraryImport(Libzstd.Name, EntryPoint = "ZSTD_compressBound")]
    private static partial nuint Bound(nuint length);

    [LibraryImport(Libzstd.Name, EntryPoint = "ZSTD_compressCCtx")]
    private static unsafe partial nuint Compress(nint context, byte* to, nuint capacity, byte* from, nuint length, int level);

    [LibraryImport(Libzstd.Name, EntryPoint = "ZSTD_isError")]
    private static partial uint IsError(nuint result);
}
