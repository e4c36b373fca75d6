using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weir.Collect.Requests;
using Weir.Collect.Routes;
using Weir.Journal;
using Weir.Sources;

namespace Weir.Collect;

/// <summary>The collector's routes: Weir's own, and those of the dialects. They answer 2xx once the events are on the disk, and not before.</summary>
public static class CollectEndpoints
{
    private static readonly string[] SegmentTypes = ["track", "identify", "page", "screen", "group", "alias"];

    /// <summary>Adds every route of <c>docs/collect/</c>, their preflights, and <c>GET /health</c>.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="writer">The open journal.</param>
    /// <param name="sources">The sources; those with write keys can be sent to.</param>
    /// <param name="time">The clock of rate limits and of slow bodies.</param>
    /// <param name="options">What requests may cost, and whom is believed; null: the usual.</param>
    /// <exception cref="WeirException">WEIR3006: two sources share a write key.</exception>
    public static void Map(IEndpointRouteBuilder endpoints, IJournalAppender writer, IReadOnlyList<SourceDefinition> sources, TimeProvider time, CollectOptions? options = null)
    {
        options ??= CollectOptions.Default;
        var keys = new WriteKeys(sources, time);
        var bodies = new BodyReader(options, time);
        var envelopes = new Envelope(new ClientAddress(options.TrustedProxies));
        RequestDelegate Handler(IRoute route) => http => new CollectRequest(route, keys, bodies, envelopes, writer).HandleAsync(http);
        void Post(string path, IRoute route) => endpoints.MapPost(path, Handler(route));

        Post("/v1/events", new WeirRoute());
        Post("/v1/batch", new SegmentBatchRoute());
        foreach (var type in SegmentTypes) Post($"/v1/{type}", new SegmentMessageRoute(type));
        foreach (var path in (string[])["/batch", "/capture", "/e", "/i/v0/e"]) Post(path, new PostHogRoute());
        Post("/i/v1/analytics/events", new PostHogResultsRoute());
        foreach (var path in (string[])["/flags", "/decide"]) endpoints.MapPost(path, PostHogFlags.AnswerAsync);
        Post("/com.snowplowanalytics.snowplow/tp2", new SnowplowRoute());
        endpoints.MapGet("/i", Handler(new SnowplowQueryRoute()));
        Post("/mp/collect", new Ga4Route());
        endpoints.MapPost("/debug/mp/collect", http => new Ga4Debug(keys, bodies, time).HandleAsync(http));
        endpoints.MapMethods("/{**path}", ["OPTIONS"], CrossOrigin.AnswerPreflight);
        endpoints.MapGet("/health", http => Answers.HealthAsync(http, writer));
    }
}
