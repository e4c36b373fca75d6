using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Weir.Sources;

namespace Weir.Collect.Requests;

/// <summary>Which source a write key belongs to. A source may have several keys, so that one can be replaced while both are in use.</summary>
internal sealed class WriteKeys
{
    private readonly Dictionary<string, string> sources = new(StringComparer.Ordinal);

    public WriteKeys(IReadOnlyList<SourceDefinition> definitions)
    {
        foreach (var source in definitions)
            foreach (var key in source.WriteKeys)
                if (!sources.TryAdd(key, source.Name) && sources[key] != source.Name)
                    throw CollectErrors.SharedWriteKey(key, sources[key], source.Name);
    }

    /// <summary>The source of a key; null if there is none.</summary>
    public string? Find(string? key) => key is null ? null : sources.GetValueOrDefault(key);

    /// <summary>The source of the first key in headers and query that belongs to one (a Bearer token may be an OAuth token beside the key).</summary>
    public string? Find(HttpRequest request) => Find(FromHeader(request)) ?? Find(request.Query["writeKey"].FirstOrDefault());

    private static string? FromHeader(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header.Parameter is null) return null;
        if (header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)) return header.Parameter;
        if (!header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)) return null;
        var bytes = new byte[header.Parameter.Length];
        if (!Convert.TryFromBase64String(header.Parameter, bytes, out var length)) return null;
        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? pair : pair[..colon];
    }
}
