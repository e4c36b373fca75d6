using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Weir.Land.Fast.Contracts;

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

    public override bool Holds(EventTree tree, int at)
    {
        if (tree[at].Kind != JsonTokenType.String) return true;
        var text = tree.String(at);
        // A character is one to four bytes: mostly that is enough to know.
        if (keyword == "minLength") return text.Length >= 4L * limit || LengthOf(text) >= limit;
        return text.Length <= limit || LengthOf(text) <= limit;
    }

    private static int LengthOf(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        if (!raw.Contains((byte)'\\')) return LengthOf(raw);
        var length = 0;
        foreach (var _ in value.GetString()!.EnumerateRunes()) length++;
        return length;
    }

    /// <summary>Every byte but those that continue a character begins one.</summary>
    private static int LengthOf(ReadOnlySpan<byte> utf8)
    {
        var length = 0;
        foreach (var one in utf8)
            if ((one & 0xC0) != 0x80) length++;
        return length;
    }
}

/// <summary><c>pattern</c>.</summary>
internal sealed class PatternRule(Regex regex, string pattern) : Rule
{
    public override Violation? Find(JsonElement value) =>
        value.ValueKind != JsonValueKind.String || regex.IsMatch(value.GetString()!) ? null : Breaks("pattern", $"expected text that matches {pattern}");

    public override bool Holds(EventTree tree, int at) => tree[at].Kind != JsonTokenType.String || tree.IsMatch(regex, tree.String(at));
}

/// <summary><c>format</c>, which asserts.</summary>
internal sealed class FormatRule(string format, Func<string, bool> holds) : Rule
{
    public override Violation? Find(JsonElement value) =>
        value.ValueKind != JsonValueKind.String || holds(value.GetString()!) ? null : Breaks("format", $"expected {format}");

    public override bool Holds(EventTree tree, int at) => tree[at].Kind != JsonTokenType.String || holds(Encoding.UTF8.GetString(tree.String(at)));
}
