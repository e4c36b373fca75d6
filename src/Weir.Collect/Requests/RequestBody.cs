using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Weir.Collect.Requests;

/// <summary>A request's body, decompressed, in a pooled buffer. Neither the body nor what it unpacks to is read beyond the limit.</summary>
internal sealed class RequestBody : IDisposable
{
    private const int FirstBuffer = 16 << 10;

    /// <summary>What is read and thrown away of a body that is too large: a client that is cut off while it sends sees a broken connection, not the answer.</summary>
    private const int DrainLimit = 64 << 20;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int length;

    private RequestBody()
    {
    }

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <exception cref="WeirException">WEIR3002 too large, WEIR3003 unknown encoding, WEIR3004 broken encoding.</exception>
    public static async Task<RequestBody> ReadAsync(HttpRequest request, int limit)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = limit + DrainLimit;
        var encoding = request.Headers.ContentEncoding.ToString().Trim();
        var body = new RequestBody();
        try
        {
            await using var unpacking = Unpacking.Of(request.Body, encoding);
            if (request.ContentLength > limit || !await body.TryFillAsync(unpacking.Stream, limit + unpacking.Extra, request.HttpContext.RequestAborted))
            {
                await DrainAsync(request, body.buffer);
                throw CollectErrors.BodyTooLarge(limit);
            }
            if (!unpacking.IsWhole(body.Bytes)) throw new InvalidDataException("It ends too early, or something follows its end.");
            body.length -= unpacking.Extra;
            return body;
        }
        catch (Exception e)
        {
            body.Dispose();
            if (e is InvalidDataException or InvalidOperationException && encoding.Length > 0) throw CollectErrors.BrokenEncoding(encoding, e);
            throw;
        }
    }

    public void Dispose()
    {
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        (buffer, length) = ([], 0);
    }

    private async Task<bool> TryFillAsync(Stream stream, int limit, CancellationToken cancellationToken)
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

    private static async Task DrainAsync(HttpRequest request, byte[] scratch)
    {
        try
        {
            while (await request.Body.ReadAsync(scratch, request.HttpContext.RequestAborted) > 0)
            {
            }
        }
        catch (BadHttpRequestException)
        {
            // Larger than what is worth draining: this client is cut off.
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
