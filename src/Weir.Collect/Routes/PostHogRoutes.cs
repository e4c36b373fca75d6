using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Weir.Collect.Requests;
using Weir.Collect.Splitting;
using Weir.Events;

namespace Weir.Collect.Routes;

/// <summary><c>/batch/</c>, <c>/capture/</c>, <c>/e/</c>, <c>/i/v0/e/</c>: a batch, one event, or an array of events.</summary>
internal class PostHogRoute : IRoute
{
    public string Dialect => Dialects.PostHog;

    /// <summary>As PostHog's own server has it; its clients halve a batch that is answered 413.</summary>
    public int BodyLimit => 20 << 20;

    public bool KeyInBody => true;

    /// <summary>Its browser library says so in the query: a header would cost a preflight.</summary>
    public string EncodingOf(HttpRequest request) =>
        request.Query["compression"].ToString() is "gzip-js" or "gzip" ? "gzip" : request.Headers.ContentEncoding.ToString().Trim();

    public virtual SplitBody Split(HttpRequest request, ReadOnlyMemory<byte> body) => PostHogSplitter.Split(body);

    // The body is ignored by the libraries; this is what the real server says.
    public virtual Task AcceptAsync(HttpResponse response, SplitBody split) => Answers.JsonAsync(response, StatusCodes.Status200OK, """{"status":"Ok"}""");
}

/// <summary><c>/i/v1/analytics/events</c>: its clients want to hear of each event by its <c>uuid</c>, and hold 429 for final.</summary>
internal sealed class PostHogResultsRoute : PostHogRoute
{
    /// <summary>The body is the same in each attempt; only a header says when this one was sent.</summary>
    public override SplitBody Split(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var split = base.Split(request, body);
        return request.Headers["posthog-request-timestamp"].ToString() is { Length: > 0 } sentAt ? split with { SentAt = JsonSerializer.SerializeToUtf8Bytes(sentAt) } : split;
    }

    public override Task AcceptAsync(HttpResponse response, SplitBody split)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * (split.Events.Count + 1));
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("results");
            foreach (var id in split.Events.Select(e => Json.FindText(e.Span, "uuid")).OfType<string>().Distinct(StringComparer.Ordinal))
            {
                json.WriteStartObject(id);
                json.WriteString("result", "ok");
                json.WriteEndObject();
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Answers.BytesAsync(response, "application/json", buffer.WrittenMemory);
    }
}
