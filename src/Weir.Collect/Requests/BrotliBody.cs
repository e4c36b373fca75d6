using System.Buffers;
using System.IO.Compression;

namespace Weir.Collect.Requests;

/// <summary>Decompresses brotli to the end that it states itself; a body that ends before it, or goes on behind it, is refused.</summary>
internal sealed class BrotliBody(Stream compressed) : ForwardStream
{
    private readonly byte[] input = new byte[8 << 10];
    private BrotliDecoder decoder;
    private int start, end;
    private bool done;

    /// <exception cref="InvalidDataException">It is not a whole brotli stream.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!done)
        {
            var status = decoder.Decompress(input.AsSpan(start, end - start), buffer.Span, out var consumed, out var written);
            start += consumed;
            if (status == OperationStatus.InvalidData) throw new InvalidDataException("It is not brotli.");
            done = status == OperationStatus.Done;
            if (written > 0) return written;
            if (status == OperationStatus.NeedMoreData && !await FillAsync(cancellationToken)) throw new InvalidDataException("It ends too early.");
        }
        if (start < end || await FillAsync(cancellationToken)) throw new InvalidDataException("Something follows its end.");
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        decoder.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Reads on behind what the decoder left.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        input.AsSpan(start..end).CopyTo(input);
        (start, end) = (0, end - start);
        var read = await compressed.ReadAsync(input.AsMemory(end), cancellationToken);
        end += read;
        return read > 0;
    }
}
