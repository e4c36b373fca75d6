using Microsoft.AspNetCore.Http;
using Weir.Collect.Splitting;

namespace Weir.Collect.Routes;

/// <summary>What tells one route from another: its dialect, its limits, how its bodies are split, and what its clients expect to hear.</summary>
internal interface IRoute
{
    /// <summary>The dialect that its frames bear.</summary>
    string Dialect { get; }

    /// <summary>Bytes of a body, decompressed.</summary>
    int BodyLimit { get; }

    /// <summary>The query's parameter that may hold the write key.</summary>
    string KeyParameter => "writeKey";

    /// <summary>Whether the write key may be in the body.</summary>
    bool KeyInBody { get; }

    /// <summary>Whether the query string is the body.</summary>
    bool QueryIsBody => false;

    /// <summary>Whether all the route's clients send again what was answered 429; where not, they are told 503.</summary>
    bool Retries429 => false;

    /// <summary>The answer to a body that is too large: one that its clients do not send again.</summary>
    int TooLarge => StatusCodes.Status413PayloadTooLarge;

    /// <summary>How the body is compressed.</summary>
    string EncodingOf(HttpRequest request) => request.Headers.ContentEncoding.ToString().Trim();

    /// <summary>Finds the events in a body: slices of it, byte for byte.</summary>
    SplitBody Split(HttpRequest request, ReadOnlyMemory<byte> body);

    /// <summary>Says that all events are durable.</summary>
    Task AcceptAsync(HttpResponse response, SplitBody split);
}
