using Microsoft.AspNetCore.Http;
using Weir.Collect.Splitting;
using Weir.Events;

namespace Weir.Collect.Routes;

/// <summary><c>POST /mp/collect</c>: <c>events</c>, and beside them who and when; the write key is <c>api_secret</c>.</summary>
internal sealed class Ga4Route : IRoute
{
    private static readonly BatchNames Names = new() { Batch = "events", RestIsContext = true };

    public string Dialect => Dialects.Ga4;

    /// <summary>Google's own server takes 130 kB; nobody is served by refusing more.</summary>
    public int BodyLimit => 4 << 20;

    public string KeyParameter => "api_secret";
    public bool KeyInBody => false;
    public SplitBody Split(HttpRequest request, ReadOnlyMemory<byte> body) => BatchSplitter.Split(body, Names);

    public Task AcceptAsync(HttpResponse response, SplitBody split)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
