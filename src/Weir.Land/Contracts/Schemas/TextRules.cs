using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Weir.Land.Contracts.Schemas;

/// <summary><c>minLength</c> and <c>maxLength</c>, in Unicode code points.</summary>
internal sealed class LengthRule(string keyword, int limit) : Rule
{
    public override Violation? Find(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        var length = LengthOf(value);
        if (keyword == "minLength") return length >= limit ? null : Breaks(keyword, $"expected at least {limit} characters");
        return length <= limit ? null : Breaks(keyword, $"expected at most {limit} characters");
    }

    private static int LengthOf(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        var length = 0;
        if (raw.Contains((byte)'\\'))
        {
            foreach (var _ in value.GetString()!.EnumerateRunes()) length++;
            return length;
        }
        // Every byte but those that continue a character begins one.
        foreach (var one in raw)
            if ((one & 0xC0) != 0x80) length++;
        return length;
    }
}

/// <summary><c>pattern</c>.</summary>
internal sealed class PatternRule(Regex regex, string pattern) : Rule
{
    public override Violation? Find(JsonElement value) =>
        value.ValueKind != JsonValueKind.String || regex.IsMatch(value.GetString()!) ? null : Breaks("pattern", $"expected text that matches {pattern}");
}

/// <summary><c>format</c>, which asserts.</summary>
internal sealed class FormatRule(string format, Func<string, bool> holds) : Rule
{
    public override Violation? Find(JsonElement value) =>
        value.ValueKind != JsonValueKind.String || holds(value.GetString()!) ? null : Breaks("format", $"expected {format}");
}
