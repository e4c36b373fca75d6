using System.Text;
using System.Text.Json;
using Weir.Land.Fast.Contracts;

namespace Weir.Land.Contracts.Schemas;

/// <summary><c>enum</c> and <c>const</c>.</summary>
internal sealed class EnumRule(string keyword, IReadOnlyList<JsonElement> values) : Rule
{
    private const int Shown = 10;
    private readonly HashSet<JsonElement> known = new(values, JsonEquality.Instance);
    private readonly byte[][] texts = [.. values.Where(v => v.ValueKind == JsonValueKind.String).Select(v => Encoding.UTF8.GetBytes(v.GetString()!))];
    private readonly SmallDecimal?[] numbers = [.. values.Where(v => v.ValueKind == JsonValueKind.Number).Select(v => SmallDecimal.Of(Numbers.Exact(v)))];

    public override Violation? Find(JsonElement value)
    {
        if (known.Contains(value)) return null;
        var shown = string.Join(", ", values.Take(Shown).Select(v => v.GetRawText()));
        return Breaks(keyword, values.Count == 1 ? $"expected {shown}" : $"expected one of {shown}{(values.Count > Shown ? ", …" : "")}");
    }

    public override bool Holds(EventTree tree, int at) => tree[at].Kind switch
    {
        JsonTokenType.String => IsKnown(tree.String(at)),
        JsonTokenType.Number => tree.TryNumber(at, out var number) && Array.IndexOf(numbers, number.Trimmed) >= 0,
        JsonTokenType.True => Has(JsonValueKind.True),
        JsonTokenType.False => Has(JsonValueKind.False),
        JsonTokenType.Null => Has(JsonValueKind.Null),
        _ => tree.Doubt(),
    };

    private bool IsKnown(ReadOnlySpan<byte> text)
    {
        foreach (var one in texts)
            if (text.SequenceEqual(one)) return true;
        return false;
    }

    private bool Has(JsonValueKind kind)
    {
        foreach (var value in values)
            if (value.ValueKind == kind) return true;
        return false;
    }
}
