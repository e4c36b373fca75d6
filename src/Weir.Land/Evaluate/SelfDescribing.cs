using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Weir.Events;

namespace Weir.Land.Evaluate;

/// <summary>Snowplow's self-describing JSON: data, and the Iglu address of its schema.</summary>
/// <param name="Schema">The address, <c>iglu:vendor/name/format/version</c>.</param>
/// <param name="Data">The data.</param>
internal sealed record SelfDescribing(string Schema, JsonMembers Data)
{
    private const string Prefix = "iglu:";

    public string Vendor => Part(0);

    public string Name => Part(1);

    /// <summary>What a payload carries as JSON text in one member, or as its base64 in another; null: neither, or a fault.</summary>
    public static JsonMembers? Unwrap(JsonMembers payload, string plain, string base64, JsonCheck check, MemberReader read)
    {
        var (name, text) = (plain, read.Text(payload, plain) is { } json ? Encoding.UTF8.GetBytes(json) : null);
        if (text is null && read.Text(payload, base64) is { } encoded && !TryDecode(encoded, out text))
        {
            read.Faults.Add(QuarantineReasons.InvalidJson, $"$.{base64}: not base64");
            return null;
        }
        if (text is null) return null;
        if (payload[plain].IsAbsent) name = base64;
        if (check.Find(text) is { } fault) read.Faults.Add(fault.Reason, $"$.{name}: {fault.Detail}");
        else if (text.AsSpan().TrimStart(" \t\r\n"u8)[0] == '{') return JsonMembers.Read(text, $"$.{name}");
        else read.Faults.Add(QuarantineReasons.WrongType, $"$.{name}: expected an object");
        return null;
    }

    /// <summary>Schema and data of one; null: one of them is missing or of the wrong type, which is a fault.</summary>
    public static SelfDescribing? Read(JsonMembers json, MemberReader read)
    {
        var data = read.Object(json, "data");
        var schema = read.Text(json, "schema");
        if (schema is null || !schema.StartsWith(Prefix, StringComparison.Ordinal) || schema.Count(c => c == '/') != 3)
        {
            read.Faults.Add(QuarantineReasons.MissingField, $"{json.Path}.schema: missing, or not iglu:vendor/name/format/version");
            return null;
        }
        return new SelfDescribing(schema, data);
    }

    private static bool TryDecode(string encoded, out byte[]? bytes)
    {
        var text = encoded.Replace('+', '-').Replace('/', '_').TrimEnd('=');
        bytes = Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
        return bytes is not null;
    }

    private string Part(int index) => Schema[Prefix.Length..].Split('/')[index];
}
