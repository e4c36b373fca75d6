using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Weir.Sources;

namespace Weir.Collect.Requests;

/// <summary>The write keys of all sources. A source may have several, so that one can be replaced while both are in use.</summary>
internal sealed class WriteKeys
{
    private readonly Dictionary<string, WriteKey> keys = new(StringComparer.Ordinal);

    public WriteKeys(IReadOnlyList<SourceDefinition> definitions, TimeProvider time)
    {
        foreach (var source in definitions)
            foreach (var key in source.WriteKeys)
                if (!keys.TryAdd(key, new WriteKey(source, time)) && keys[key].Source != source.Name)
                    throw CollectErrors.SharedWriteKey(key, keys[key].Source, source.Name);
    }

    /// <summary>What a key opens; null: there is no such key.</summary>
    public WriteKey? Find(string? key) => key is null ? null : keys.GetValueOrDefault(key);

    /// <summary>The first key in headers and query that is one (a Bearer token may be an OAuth token beside the key).</summary>
    public WriteKey? Find(HttpRequest request, string parameter) => Find(FromHeader(request)) ?? Find(request.Query[parameter].FirstOrDefault());

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
