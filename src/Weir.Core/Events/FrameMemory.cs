using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Weir.Events;

/// <summary>
/// Where a large frame's bytes lie: memory that does not move and is used again. Whoever knows that nobody reads the frame any more gives it back;
/// what nobody gives back, and what waits to be used again while the garbage collector looks through all memory, is the collector's. For any thread.
/// </summary>
public sealed unsafe class FrameMemory
{
    /// <summary>So many bytes behind the frame's may be read, whatever they are: texts are read in whole words.</summary>
    public const int Behind = 64;

    private const int LeastBits = 16, MostBits = 24;
    private static readonly WeakReference<ConcurrentBag<FrameMemory>[]> waiting = new(NoneWaits());
    private readonly byte[] bytes;
    private int isFree;

    private FrameMemory(int length) => bytes = GC.AllocateUninitializedArray<byte>(length, pinned: true);

    /// <summary>Fewer bytes than this are not worth it.</summary>
    public const int LeastLength = 1 << (LeastBits - 1);

    /// <summary>Memory for a frame.</summary>
    /// <param name="length">The frame's bytes.</param>
    public static FrameMemory Rent(int length)
    {
        var bits = BitsOf(length + Behind);
        if (bits > MostBits) return new FrameMemory(checked(length + Behind));
        if (!waiting.TryGetTarget(out var free) || !free[bits - LeastBits].TryTake(out var memory)) return new FrameMemory(1 << bits);
        memory.isFree = 0;
        return memory;
    }

    /// <summary>Its first bytes.</summary>
    public Memory<byte> First(int length) => bytes.AsMemory(0, length);

    /// <summary>Where a part of its bytes lies, as long as this is in use.</summary>
    /// <param name="part">A part of <see cref="First"/>.</param>
    public static byte* PointerTo(ReadOnlyMemory<byte> part) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(part.Span));

    /// <summary>Gives it back: what was in it is gone.</summary>
    public void Return()
    {
        if (bytes.Length > 1 << MostBits || Interlocked.Exchange(ref isFree, 1) != 0) return;
        if (!waiting.TryGetTarget(out var free)) waiting.SetTarget(free = NoneWaits());
        free[BitsOf(bytes.Length) - LeastBits].Add(this);
    }

    private static int BitsOf(int length) => Math.Max(LeastBits, BitOperations.Log2((uint)length - 1) + 1);

    private static ConcurrentBag<FrameMemory>[] NoneWaits() => [.. Enumerable.Range(LeastBits, MostBits - LeastBits + 1).Select(_ => new ConcurrentBag<FrameMemory>())];
}
