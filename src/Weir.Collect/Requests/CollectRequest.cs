using Microsoft.AspNetCore.Http;
using Weir.Journal;

namespace Weir.Collect.Requests;

/// <summary>One request on its way: authenticate, read, split, append, answer.</summary>
internal sealed class CollectRequest(IRoute route, WriteKeys keys, JournalWriter writer)
{
    public async Task HandleAsync(HttpContext http)
    {
        CrossOrigin.Allow(http.Response);
        try
        {
            var accepted = await AcceptAsync(http.Request);
            await Answers.JsonAsync(http.Response, StatusCodes.Status200OK, route.Accepted(accepted));
        }
        catch (WeirException e)
        {
            await Answers.RefuseAsync(http.Response, e);
        }
    }

    private async Task<int> AcceptAsync(HttpRequest request)
    {
        var source = keys.Find(request);
        if (source is null && !route.KeyInBody) throw CollectErrors.UnknownWriteKey();
        using var body = await RequestBody.ReadAsync(request, route.BodyLimit);
        if (body.Bytes.IsEmpty) throw CollectErrors.EmptyBody();
        var split = route.Split(request, body.Bytes);
        source ??= keys.Find(split.WriteKey) ?? throw CollectErrors.UnknownWriteKey();
        if (split.Events.Count == 0) return 0;
        // Not cancelled when the client goes away: it is about to be durable, and nobody is answered.
        await writer.AppendAsync(source, route.Dialect, Envelope.Write(request, split), split.Events, CancellationToken.None);
        return split.Events.Count;
    }
}
