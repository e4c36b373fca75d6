using System.IO.Compression;
using Weir.Compression;

namespace Weir.Collect.Requests;

/// <summary>
/// How a body is decompressed, and how one that was cut off is found: .NET's streams end there without a word.
/// </summary>
/// <param name="Stream">The decompressed body, with what tells its end behind it.</param>
/// <param name="Extra">How many bytes that is.</param>
/// <param name="IsWhole">Whether all that came out is a whole body.</param>
internal sealed record Unpacking(Stream Stream, int Extra, Func<ReadOnlyMemory<byte>, bool> IsWhole) : IAsyncDisposable
{
    /// <exception cref="WeirException">WEIR3003, WEIR3009.</exception>
    public static Unpacking Of(Stream body, string encoding, BodyMemory memory) => encoding.ToUpperInvariant() switch
    {
        "" or "IDENTITY" => new(body, 0, _ => true),
        "GZIP" or "X-GZIP" => Gzip(body),
        "BR" => new(new BrotliBody(body), 0, _ => true), // throws by itself
        "DEFLATE" => Zlib(body),
        "ZSTD" when Libzstd.IsThere => new(new ZstdBody(body, memory), 0, _ => true),
        _ => throw CollectErrors.UnknownEncoding(encoding),
    };

    public ValueTask DisposeAsync() => Stream.DisposeAsync();

    private static Unpacking Gzip(Stream body)
    {
        var seal = new GzipSeal();
        return new(seal.Open(body, leaveOpen: true), GzipSeal.Length, plain => plain.Length >= GzipSeal.Length && seal.IsWhole(plain.Span[^GzipSeal.Length..]));
    }

    private static Unpacking Zlib(Stream body)
    {
        var tail = new ZlibTail(body);
        return new(new ZLibStream(tail, CompressionMode.Decompress, leaveOpen: true), 0, plain => tail.IsOf(plain.Span));
    }
}
