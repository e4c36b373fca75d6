using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Weir.Collect.Routes;

namespace Weir.Collect.Requests;

/// <summary>Reads bodies, decompressed. Neither a body nor what it unpacks to is read beyond the limit, nor longer than its time, nor more of all together than there is memory for.</summary>
internal sealed class BodyReader(CollectOptions options, TimeProvider time)
{
    /// <summary>What is read and thrown away of a body that is not taken: a client that is cut off while it sends sees a broken connection, not the answer.</summary>
    private const int DrainLimit = 64 << 20;

    private readonly BodyMemory memory = new(options.BodyBytes);

    /// <exception cref="WeirException">WEIR3002 too large, WEIR3003 unknown encoding, WEIR3004 broken encoding, WEIR3005 empty, WEIR3009 no memory, WEIR3010 too slow.</exception>
    public async Task<BodyBuffer> ReadAsync(HttpRequest request, IRoute route)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = route.BodyLimit + DrainLimit;
        using var late = new CancellationTokenSource(options.BodyTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, request.HttpContext.RequestAborted);
        try
        {
            var body = await ReadAsync(request, route, either.Token);
            if (!body.Bytes.IsEmpty) return body;
            body.Dispose();
            throw CollectErrors.EmptyBody();
        }
        catch (Exception e) when (IsSlowness(e, late))
        {
            request.HttpContext.Response.Headers.Connection = "close";
            throw CollectErrors.TooSlow(options.BodyTime.TotalSeconds, e);
        }
    }

    private async Task<BodyBuffer> ReadAsync(HttpRequest request, IRoute route, CancellationToken cancellationToken)
    {
        var encoding = route.EncodingOf(request);
        BodyBuffer? body = null;
        try
        {
            await using var unpacking = Unpacking.Of(SourceOf(request, route), encoding, memory);
            body = new BodyBuffer(memory);
            if (request.ContentLength > route.BodyLimit || !await body.TryFillAsync(unpacking.Stream, route.BodyLimit + unpacking.Extra, cancellationToken))
                throw CollectErrors.BodyTooLarge(route.BodyLimit);
            if (!unpacking.IsWhole(body.Bytes)) throw new InvalidDataException("It ends too early, or something follows its end.");
            body.Cut(unpacking.Extra);
            return body;
        }
        catch (Exception e)
        {
            body?.Dispose();
            var isBroken = e is InvalidDataException or InvalidOperationException && encoding.Length > 0;
            if (isBroken || e is WeirException) await DrainAsync(request, cancellationToken);
            if (isBroken) throw CollectErrors.BrokenEncoding(encoding, e);
            throw;
        }
    }

    private static Stream SourceOf(HttpRequest request, IRoute route) =>
        route.QueryIsBody ? new MemoryStream(Encoding.UTF8.GetBytes(request.QueryString.HasValue ? request.QueryString.Value![1..] : "")) : request.Body;

    /// <summary>Too slow on average by the server's measure, or in all by ours.</summary>
    private static bool IsSlowness(Exception e, CancellationTokenSource late) =>
        e is BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } || e is OperationCanceledException && late.IsCancellationRequested;

    private static async Task DrainAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var scratch = new byte[4 << 10];
        try
        {
            while (await request.Body.ReadAsync(scratch, cancellationToken) > 0)
            {
            }
        }
        catch (BadHttpRequestException)
        {
            // Larger than what is worth draining, or cut off: this client will not see the answer.
        }
    }
}
