using Microsoft.AspNetCore.Http;
using Weir.Collect.Requests;
using Weir.Collect.Splitting;
using Weir.Events;

namespace Weir.Collect.Routes;

internal sealed class WeirRoute : IRoute
{
    public string Dialect => Dialects.Weir;
    public int BodyLimit => 32 << 20;
    public bool KeyInBody => false;
    public bool Retries429 => true;

    public SplitBody Split(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var type = request.ContentType ?? "";
        var lines = type.Contains("ndjson", StringComparison.OrdinalIgnoreCase) || type.Contains("jsonl", StringComparison.OrdinalIgnoreCase)
            || type.Contains("json-seq", StringComparison.OrdinalIgnoreCase);
        return WeirSplitter.Split(body, lines);
    }

    public Task AcceptAsync(HttpResponse response, SplitBody split) => Answers.JsonAsync(response, StatusCodes.Status200OK, $$"""{"accepted":{{split.Events.Count}}}""");
}
