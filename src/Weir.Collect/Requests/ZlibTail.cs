namespace Weir.Collect.Requests;

/// <summary>Keeps the last bytes of a zlib body (RFC 1950): they are the Adler-32 of what it unpacks to, unless it was cut off or something follows.</summary>
internal sealed class ZlibTail(Stream body) : ForwardStream
{
    private const int SumLength = 4;
    private ulong last;
    private long count;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await body.ReadAsync(buffer, cancellationToken);
        foreach (var value in buffer.Span[Math.Max(0, read - SumLength)..read]) last = last << 8 | value;
        count += read;
        return read;
    }

    public bool IsOf(ReadOnlySpan<byte> plain) => count > SumLength && (uint)last == Adler32(plain);

    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        const uint Modulus = 65521;
        const int Block = 5552; // the most bytes whose sums fit 32 bits
        var (a, b) = (1u, 0u);
        for (; bytes.Length > 0; bytes = bytes[Math.Min(Block, bytes.Length)..])
        {
            foreach (var value in bytes[..Math.Min(Block, bytes.Length)]) b += a += value;
            (a, b) = (a % Modulus, b % Modulus);
        }
        return b << 16 | a;
    }
}
