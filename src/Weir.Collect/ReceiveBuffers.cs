using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Weir.Collect;

/// <summary>
/// The buffers that connections receive into: 16 KiB each. With the server's own 4 KiB a body of 1 MB is 256 calls of the system, each with its way through the server's reader.
/// A connection that has nothing to receive holds none; one that sends byte by byte holds one, which is why they are not larger still.
/// </summary>
internal sealed class ReceiveBuffers : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    private const int Size = 16 << 10;

    /// <summary>What is kept for the next one; more is left to the collector of garbage.</summary>
    private const int MostKept = 2_048;

    private readonly ConcurrentStack<Block> kept = new();
    private int count;

    public override int MaxBufferSize => Size;

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        if (minBufferSize > Size) throw new ArgumentOutOfRangeException(nameof(minBufferSize), minBufferSize, $"The largest buffer has {Size} bytes.");
        if (!kept.TryPop(out var block)) return new Block(this);
        Interlocked.Decrement(ref count);
        return block;
    }

    protected override void Dispose(bool disposing) => kept.Clear();

    private void Return(Block block)
    {
        if (Interlocked.Increment(ref count) <= MostKept) kept.Push(block);
        else Interlocked.Decrement(ref count);
    }

    private sealed class Block(ReceiveBuffers pool) : IMemoryOwner<byte>
    {
        // Pinned for good: the system writes into it.
        private readonly byte[] bytes = GC.AllocateUninitializedArray<byte>(Size, pinned: true);

        public Memory<byte> Memory => bytes;

        public void Dispose() => pool.Return(this);
    }
}
