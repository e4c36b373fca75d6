using System.Buffers.Text;
using Microsoft.AspNetCore.Http;
using Weir.Collect.Requests;
using Weir.Collect.Splitting;
using Weir.Events;

namespace Weir.Collect.Routes;

/// <summary><c>POST /com.snowplowanalytics.snowplow/tp2</c>: payloads in <c>data</c>, each with its write key as <c>aid</c>.</summary>
internal sealed class SnowplowRoute : IRoute
{
    private static readonly BatchNames Names = new() { Batch = "data" };

    public string Dialect => Dialects.Snowplow;
    public int BodyLimit => 4 << 20;
    public int TooLarge => StatusCodes.Status400BadRequest; // 413 its trackers would send again for ever
    public bool KeyInBody => true;

    public SplitBody Split(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var split = BatchSplitter.Split(body, Names);
        return NetworkUser.Read(request, split with { EventKeys = [.. split.Events.Select(e => Json.FindText(e.Span, "aid"))] });
    }

    public Task AcceptAsync(HttpResponse response, SplitBody split)
    {
        NetworkUser.Keep(response, split);
        return Answers.BytesAsync(response, "text/plain; charset=utf-8", "ok"u8.ToArray());
    }
}

/// <summary><c>GET /i</c>: the query string is the payload, the answer a transparent pixel.</summary>
internal sealed class SnowplowQueryRoute : IRoute
{
    private static readonly byte[] Pixel = Base64Url.DecodeFromChars("R0lGODlhAQABAPAAAP___wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw");

    public string Dialect => Dialects.SnowplowQuery;
    public int BodyLimit => 64 << 10;
    public int TooLarge => StatusCodes.Status400BadRequest; // 413 its trackers would send again for ever
    public string KeyParameter => "aid";
    public bool KeyInBody => false;
    public bool QueryIsBody => true;
    public SplitBody Split(HttpRequest request, ReadOnlyMemory<byte> body) => NetworkUser.Read(request, SplitBody.Whole(body));

    public Task AcceptAsync(HttpResponse response, SplitBody split)
    {
        NetworkUser.Keep(response, split);
        return Answers.BytesAsync(response, "image/gif", Pixel);
    }
}
