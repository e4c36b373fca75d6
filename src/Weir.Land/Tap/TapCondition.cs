using System.Globalization;
using System.Text.Json;

namespace Weir.Land.Tap;

/// <summary>
/// One condition of <c>--where</c>: a path, an operator, a value. The path names members of the row as it would land (<c>properties.items.0.sku</c>), or, where the row has none of
/// that name, of what stands beside it (<c>dialect</c>, <c>table</c>). Numbers are compared as numbers, everything else as text.
/// </summary>
public sealed class TapCondition
{
    private readonly string[] path;
    private readonly char kind;
    private readonly string value;
    private readonly decimal? number;

    private TapCondition(string[] path, char kind, string value)
    {
        (this.path, this.kind, this.value) = (path, kind, value);
        number = decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
    }

    /// <summary>Reads <c>path=value</c>, <c>path!=value</c> or <c>path~value</c>; null: it is none of these.</summary>
    public static TapCondition? TryParse(string text)
    {
        var at = text.AsSpan().IndexOfAny('=', '!', '~');
        if (at <= 0 || (text[at] == '!' && (at + 1 == text.Length || text[at + 1] != '='))) return null;
        var path = text[..at].Trim().Split('.');
        return path.Contains("") ? null : new(path, text[at], text[(at + (text[at] == '!' ? 2 : 1))..].Trim());
    }

    internal static bool AllHold(IReadOnlyList<TapCondition> conditions, ReadOnlyMemory<byte> message)
    {
        using var json = JsonDocument.Parse(message, new JsonDocumentOptions { MaxDepth = 128 });
        foreach (var condition in conditions)
            if (!condition.Holds(json.RootElement)) return false;
        return true;
    }

    /// <summary>A member that is not there, or null, equals nothing and contains nothing.</summary>
    private bool Holds(JsonElement message)
    {
        var found = Find(message.GetProperty("row")) ?? Find(message);
        return kind switch
        {
            '=' => found is { } is1 && IsEqual(is1),
            '!' => found is not { } is2 || !IsEqual(is2),
            _ => found is { } has && TextOf(has).Contains(value, StringComparison.OrdinalIgnoreCase),
        };
    }

    private bool IsEqual(JsonElement found) =>
        found.ValueKind == JsonValueKind.Number && number is { } wanted && found.TryGetDecimal(out var actual) ? actual == wanted : TextOf(found) == value;

    private static string TextOf(JsonElement found) => found.ValueKind == JsonValueKind.String ? found.GetString()! : found.GetRawText();

    private JsonElement? Find(JsonElement at)
    {
        foreach (var name in path)
        {
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var member)) at = member;
            else if (at.ValueKind == JsonValueKind.Array && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < at.GetArrayLength()) at = at[index];
            else return null;
        }
        return at.ValueKind == JsonValueKind.Null ? null : at;
    }
}
