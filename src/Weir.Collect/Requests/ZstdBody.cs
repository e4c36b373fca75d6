namespace Weir.Collect.Requests;

/// <summary>Decompresses zstd, frame after frame; a body that ends within one is refused.</summary>
internal sealed class ZstdBody : ForwardStream
{
    private readonly Stream compressed;
    private readonly BodyMemory memory;
    private readonly byte[] input = new byte[16 << 10];
    private nint decoder;
    private int start, end;
    private bool atFrameEnd, mayHoldMore;

    /// <exception cref="WeirException">WEIR3009.</exception>
    public ZstdBody(Stream compressed, BodyMemory memory)
    {
        (this.compressed, this.memory) = (compressed, memory);
        memory.Take(Zstd.DecoderBytes);
        decoder = Zstd.CreateDecoder();
    }

    /// <exception cref="InvalidDataException">It is not a whole zstd stream.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (start == end && !mayHoldMore)
            {
                (start, end) = (0, await compressed.ReadAsync(input, cancellationToken));
                if (end == 0) return atFrameEnd ? 0 : throw new InvalidDataException("It ends too early.");
            }
            atFrameEnd = Zstd.Decompress(decoder, input.AsSpan(start..end), buffer.Span, out var consumed, out var written);
            start += consumed;
            mayHoldMore = written == buffer.Length && !atFrameEnd;
            if (written > 0) return written;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (decoder != 0)
        {
            Zstd.Free(decoder);
            memory.GiveBack(Zstd.DecoderBytes);
            decoder = 0;
        }
        base.Dispose(disposing);
    }
}
