using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Weir.Collect.Splitting;

namespace Weir.Collect.Requests;

/// <summary>What is known of a request beside its events, as JSON: <c>ip</c>, <c>userAgent</c>, <c>query</c>, <c>networkUserId</c>, <c>type</c>, <c>sentAt</c>, <c>context</c>.</summary>
internal sealed class Envelope(ClientAddress addresses)
{
    /// <summary>Parameters that are write keys: they are not kept.</summary>
    private static readonly string[] Secrets = ["writeKey", "api_secret"];

    /// <param name="request">The request.</param>
    /// <param name="split">What its body says beside the events.</param>
    /// <param name="queryIsBody">Whether its query is the event.</param>
    public ReadOnlyMemory<byte> Write(HttpRequest request, SplitBody split, bool queryIsBody)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (!split.Anonymous && addresses.Of(request) is { } ip) json.WriteString("ip", ip.ToString());
            if (request.Headers.UserAgent.ToString() is { Length: > 0 } agent) json.WriteString("userAgent", agent);
            if (!queryIsBody && WithoutKey(request.QueryString) is { Length: > 0 } query) json.WriteString("query", query);
            if (split.NetworkUserId is { } networkUser) json.WriteString("networkUserId", networkUser);
            if (split.Type is { } type) json.WriteString("type", type);
            WriteRaw(json, "sentAt", split.SentAt);
            WriteRaw(json, "context", split.Context);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    private static void WriteRaw(Utf8JsonWriter json, string name, ReadOnlyMemory<byte> value)
    {
        if (value.IsEmpty) return;
        json.WritePropertyName(name);
        json.WriteRawValue(value.Span, skipInputValidation: true); // the splitter read it
    }

    private static string WithoutKey(QueryString query) => query.HasValue
        ? string.Join('&', query.Value![1..].Split('&').Where(p => !IsSecret(p)))
        : "";

    // As the framework reads parameters: names may be escaped, and their case does not count.
    private static bool IsSecret(string parameter) =>
        Secrets.Contains(Uri.UnescapeDataString(parameter.Split('=')[0]), StringComparer.OrdinalIgnoreCase);
}
