using Microsoft.AspNetCore.Http;
using Weir.Collect.Requests;
using Weir.Collect.Splitting;
using Weir.Events;

namespace Weir.Collect.Routes;

/// <summary><c>/v1/batch</c>: messages in <c>batch</c>, with a context and a sending time for all of them.</summary>
internal sealed class SegmentBatchRoute : IRoute
{
    /// <summary>4,000 KB, as RudderStack's server has it; Segment's takes 500 KB.</summary>
    public const int Limit = 4_000 << 10;

    private static readonly BatchNames Names = new() { Batch = "batch", Keys = ["writeKey"], SentAt = ["sentAt"], Context = "context" };

    public string Dialect => Dialects.Segment;
    public int BodyLimit => Limit;
    public bool KeyInBody => true;
    public bool Retries429 => true;
    public SplitBody Split(HttpRequest request, ReadOnlyMemory<byte> body) => BatchSplitter.Split(body, Names);
    public Task AcceptAsync(HttpResponse response, SplitBody split) => Answers.JsonAsync(response, StatusCodes.Status200OK, """{"success":true}""");
}

/// <summary><c>/v1/track</c> and its like: the body is one message, whose type the route says.</summary>
internal sealed class SegmentMessageRoute(string type) : IRoute
{
    public string Dialect => Dialects.Segment;
    public int BodyLimit => SegmentBatchRoute.Limit;
    public bool KeyInBody => true;
    public bool Retries429 => true;
    public SplitBody Split(HttpRequest request, ReadOnlyMemory<byte> body) => SegmentSplitter.SplitMessage(body) with { Type = type };
    public Task AcceptAsync(HttpResponse response, SplitBody split) => Answers.JsonAsync(response, StatusCodes.Status200OK, """{"success":true}""");
}
