using System.Buffers;

namespace Weir.Collect.Requests;

/// <summary>A body's bytes as they arrive, in a pooled buffer that is accounted for. It grows with what came, not with what was announced.</summary>
internal sealed class BodyBuffer : IDisposable
{
    private const int FirstSize = 16 << 10;
    private readonly BodyMemory memory;
    private byte[] buffer = [];
    private int length;

    /// <exception cref="WeirException">WEIR3009.</exception>
    public BodyBuffer(BodyMemory memory)
    {
        this.memory = memory;
        buffer = Rent(FirstSize);
    }

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>Reads to the end; false: there is more than the limit.</summary>
    /// <exception cref="WeirException">WEIR3009.</exception>
    public async Task<bool> TryFillAsync(Stream stream, int limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (length == buffer.Length) Grow();
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0) return true;
            length += read;
            if (length > limit) return false;
        }
    }

    /// <summary>Takes the last bytes off.</summary>
    public void Cut(int bytes) => length -= bytes;

    public void Dispose()
    {
        Return(buffer);
        (buffer, length) = ([], 0);
    }

    private void Grow()
    {
        var larger = Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        Return(buffer);
        buffer = larger;
    }

    private byte[] Rent(int size)
    {
        memory.Take(size); // sizes are powers of two, which the pool gives as they are
        return ArrayPool<byte>.Shared.Rent(size);
    }

    private void Return(byte[] used)
    {
        if (used.Length == 0) return;
        ArrayPool<byte>.Shared.Return(used);
        memory.GiveBack(used.Length);
    }
}
