using System.Text.Json;

namespace Weir.Land.Contracts.Schemas;

/// <summary><c>enum</c> and <c>const</c>.</summary>
internal sealed class EnumRule(string keyword, IReadOnlyList<JsonElement> values) : Rule
{
    private const int Shown = 10;
    private readonly HashSet<JsonElement> known = new(values, JsonEquality.Instance);

    public override Violation? Find(JsonElement value)
    {
        if (known.Contains(value)) return null;
        var shown = string.Join(", ", values.Take(Shown).Select(v => v.GetRawText()));
        return Breaks(keyword, values.Count == 1 ? $"expected {shown}" : $"expected one of {shown}{(values.Count > Shown ? ", …" : "")}");
    }
}
