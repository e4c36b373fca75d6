using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Weir.Generate.Load;

/// <summary>Sends a body until it is taken, refused for good, or time is up, as a good client does: what passes by itself is sent again, after the time that the answer asks for.</summary>
internal sealed class LoadSender : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100), LongestPause = TimeSpan.FromSeconds(10);
    private readonly HttpMessageInvoker client;
    private readonly LoadOptions options;
    private readonly LoadCounts counts;
    private readonly TimeProvider time;
    private readonly Uri url;
    private readonly AuthenticationHeaderValue key;
    private readonly MediaTypeHeaderValue type;

    public LoadSender(LoadOptions options, LoadCounts counts, TimeProvider time)
    {
        (this.options, this.counts, this.time) = (options, counts, time);
        url = new Uri(options.To, options.Dialect == LoadDialect.Segment ? "/v1/batch" : "/v1/events");
        key = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.WriteKey}:")));
        type = new MediaTypeHeaderValue(options.Dialect == LoadDialect.Segment ? "application/json" : "application/x-ndjson");
        client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = options.Concurrency,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = TimeSpan.FromSeconds(10),
        });
    }

    public static bool IsTaken(int status) => status is >= 200 and < 300;

    /// <summary>Whether anybody listens there.</summary>
    /// <exception cref="WeirException">WEIR1041: nobody does.</exception>
    public async Task KnockAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.To, "/health"));
            using var response = await client.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new WeirException("WEIR1041", $"Nobody answers at {options.To}: {e.Message} Start the collector ('weir up'), or name its address with --to.", e);
        }
    }

    /// <summary>Sends; gives the status of the last answer, 0 where there was none.</summary>
    /// <param name="body">What.</param>
    /// <param name="until">After this nothing is tried again.</param>
    /// <param name="cancellationToken">Gives up at once.</param>
    public async Task<int> SendAsync(ReadOnlyMemory<byte> body, long until, CancellationToken cancellationToken)
    {
        var content = options.Gzip ? Gzip(body) : body;
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var (status, asked) = await TryAsync(content, cancellationToken);
            if (status is not (0 or 408 or 429 or >= 500)) return status;
            var wait = asked ?? pause;
            if (time.GetElapsedTime(time.GetTimestamp(), until) < wait) return status;
            counts.Retried();
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<(int Status, TimeSpan? RetryAfter)> TryAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(body), Version = HttpVersion.Version11 };
            request.Content.Headers.ContentType = type;
            if (options.Gzip) request.Content.Headers.ContentEncoding.Add("gzip");
            request.Headers.Authorization = key;
            using var response = await client.SendAsync(request, cancellationToken);
            await response.Content.CopyToAsync(Stream.Null, cancellationToken);
            var status = (int)response.StatusCode;
            if (IsTaken(status)) counts.Latencies.Add(time.GetElapsedTime(began));
            return (status, response.Headers.RetryAfter?.Delta);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (0, null);
        }
    }

    private static byte[] Gzip(ReadOnlyMemory<byte> body)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest)) gzip.Write(body.Span);
        return output.ToArray();
    }
}
