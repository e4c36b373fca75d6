using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weir.Collect.Requests;
using Weir.Collect.Splitting;
using Weir.Journal;
using Weir.Sources;

namespace Weir.Collect;

/// <summary>The collector's routes: Weir's own and the Segment HTTP API's. They answer 2xx once the events are on the disk, and not before.</summary>
public static class CollectEndpoints
{
    private static readonly string[] SegmentTypes = ["track", "identify", "page", "screen", "group", "alias"];

    /// <summary>Adds <c>POST /v1/events</c>, <c>POST /v1/{batch,track,identify,page,screen,group,alias}</c>, their preflights, and <c>GET /health</c>.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="writer">The open journal.</param>
    /// <param name="sources">The sources; those with write keys can be sent to.</param>
    /// <exception cref="WeirException">WEIR3006: two sources share a write key.</exception>
    public static void Map(IEndpointRouteBuilder endpoints, JournalWriter writer, IReadOnlyList<SourceDefinition> sources)
    {
        var keys = new WriteKeys(sources);
        MapRoute(endpoints, "/v1/events", new WeirRoute(), keys, writer);
        MapRoute(endpoints, "/v1/batch", new SegmentBatchRoute(), keys, writer);
        foreach (var type in SegmentTypes) MapRoute(endpoints, $"/v1/{type}", new SegmentMessageRoute(type), keys, writer);
        endpoints.MapMethods("/v1/{**path}", ["OPTIONS"], CrossOrigin.AnswerPreflight);
        endpoints.MapGet("/health", http => Answers.HealthAsync(http, writer));
    }

    private static void MapRoute(IEndpointRouteBuilder endpoints, string path, IRoute route, WriteKeys keys, JournalWriter writer) =>
        endpoints.MapPost(path, http => new CollectRequest(route, keys, writer).HandleAsync(http));
}
