using Microsoft.AspNetCore.Http;
using Weir.Collect.Routes;
using Weir.Collect.Splitting;
using Weir.Journal;

namespace Weir.Collect.Requests;

/// <summary>One request on its way: authenticate, read, split, append, answer.</summary>
internal sealed class CollectRequest(IRoute route, WriteKeys keys, BodyReader bodies, Envelope envelopes, IJournalAppender writer)
{
    private TimeSpan wait;

    public async Task HandleAsync(HttpContext http)
    {
        CrossOrigin.Allow(http);
        try
        {
            await route.AcceptAsync(http.Response, await TakeAsync(http.Request));
        }
        catch (WeirException e)
        {
            await Answers.RefuseAsync(http.Response, e, route, wait);
        }
    }

    private async Task<SplitBody> TakeAsync(HttpRequest request)
    {
        var key = keys.Find(request, route.KeyParameter);
        if (key is null && !route.KeyInBody) throw CollectErrors.UnknownWriteKey();
        using var body = await bodies.ReadAsync(request, route);
        var split = route.Split(request, body.Bytes);
        var parts = PartsOf(split, key);
        foreach (var part in parts) part.Key.CheckOrigin(request.Headers.Origin.ToString());
        foreach (var part in parts)
            if (!part.Key.TryTake(part.Events.Count, out wait)) throw part.Key.TooMany();
        // Not cancelled when the client goes away: it is about to be durable, and nobody is answered.
        var envelope = envelopes.Write(request, split, route.QueryIsBody);
        foreach (var part in parts.Where(p => p.Events.Count > 0))
            await writer.AppendAsync(part.Key.Source, route.Dialect, envelope, part.Events, CancellationToken.None);
        return split;
    }

    /// <summary>The events by write key. Those that name none, or an unknown one, go with the first that is known.</summary>
    /// <exception cref="WeirException">WEIR3001: none is known.</exception>
    private List<(WriteKey Key, IReadOnlyList<ReadOnlyMemory<byte>> Events)> PartsOf(SplitBody split, WriteKey? sent)
    {
        if (sent is null && split.EventKeys is { } each && each.Select(keys.Find).FirstOrDefault(k => k is not null) is { } first)
            return [.. split.Events.Select((text, i) => (Text: text, Key: keys.Find(each[i]) ?? first)).GroupBy(e => e.Key)
                .Select(g => (g.Key, (IReadOnlyList<ReadOnlyMemory<byte>>)[.. g.Select(e => e.Text)]))];
        return [(sent ?? keys.Find(split.WriteKey) ?? throw CollectErrors.UnknownWriteKey(), split.Events)];
    }
}
