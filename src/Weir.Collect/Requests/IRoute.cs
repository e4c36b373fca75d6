using Microsoft.AspNetCore.Http;
using Weir.Collect.Splitting;

namespace Weir.Collect.Requests;

/// <summary>What tells one route from another: its dialect, its limits, how its bodies are split, and what its clients expect to hear.</summary>
internal interface IRoute
{
    /// <summary>The dialect that its frames bear.</summary>
    string Dialect { get; }

    /// <summary>Bytes of a body, decompressed.</summary>
    int BodyLimit { get; }

    /// <summary>Whether the write key may be in the body.</summary>
    bool KeyInBody { get; }

    /// <summary>Finds the events in a body: slices of it, byte for byte.</summary>
    SplitBody Split(HttpRequest request, ReadOnlyMemory<byte> body);

    /// <summary>The body of the answer 200.</summary>
    string Accepted(int events);
}
