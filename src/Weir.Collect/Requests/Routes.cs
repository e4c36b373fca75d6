using Microsoft.AspNetCore.Http;
using Weir.Collect.Splitting;
using Weir.Events;

namespace Weir.Collect.Requests;

internal sealed class WeirRoute : IRoute
{
    public string Dialect => Dialects.Weir;
    public int BodyLimit => 32 << 20;
    public bool KeyInBody => false;

    public SplitBody Split(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var type = request.ContentType ?? "";
        var lines = type.Contains("ndjson", StringComparison.OrdinalIgnoreCase) || type.Contains("jsonl", StringComparison.OrdinalIgnoreCase)
            || type.Contains("json-seq", StringComparison.OrdinalIgnoreCase);
        return WeirSplitter.Split(body, lines);
    }

    public string Accepted(int events) => $$"""{"accepted":{{events}}}""";
}

/// <summary><c>/v1/batch</c>: messages in <c>batch</c>, with a context and a sending time for all of them.</summary>
internal sealed class SegmentBatchRoute : IRoute
{
    public const int Limit = 4 << 20;

    public string Dialect => Dialects.Segment;
    public int BodyLimit => Limit;
    public bool KeyInBody => true;
    public SplitBody Split(HttpRequest request, ReadOnlyMemory<byte> body) => SegmentSplitter.SplitBatch(body);
    public string Accepted(int events) => """{"success":true}""";
}

/// <summary><c>/v1/track</c> and its like: the body is one message, whose type the route says.</summary>
internal sealed class SegmentMessageRoute(string type) : IRoute
{
    public string Dialect => Dialects.Segment;
    public int BodyLimit => SegmentBatchRoute.Limit;
    public bool KeyInBody => true;
    public SplitBody Split(HttpRequest request, ReadOnlyMemory<byte> body) => SegmentSplitter.SplitMessage(body) with { Type = type };
    public string Accepted(int events) => """{"success":true}""";
}
