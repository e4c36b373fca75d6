using System.Text.Json;

namespace Weir.Land.Contracts.Schemas;

/// <summary>Equality as JSON Schema has it: numbers by value (1 is 1.0), objects without order. Costs as much as the values are long.</summary>
internal sealed class JsonEquality : IEqualityComparer<JsonElement>
{
    public static JsonEquality Instance { get; } = new();

    public bool Equals(JsonElement x, JsonElement y)
    {
        if (x.ValueKind != y.ValueKind) return false;
        switch (x.ValueKind)
        {
            case JsonValueKind.String: return x.ValueEquals(y.GetString());
            case JsonValueKind.Number: return Numbers.Exact(x).Equals(Numbers.Exact(y));
            case JsonValueKind.Array: return x.GetArrayLength() == y.GetArrayLength() && x.EnumerateArray().SequenceEqual(y.EnumerateArray(), this);
            case JsonValueKind.Object:
                if (x.GetPropertyCount() != y.GetPropertyCount()) return false;
                var members = y.EnumerateObject().ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);
                return x.EnumerateObject().All(m => members.TryGetValue(m.Name, out var other) && Equals(m.Value, other));
            default: return true;
        }
    }

    public int GetHashCode(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String: return value.GetString()!.GetHashCode(StringComparison.Ordinal);
            case JsonValueKind.Number: return Numbers.Exact(value).GetHashCode();
            case JsonValueKind.Array:
                var inOrder = new HashCode();
                foreach (var item in value.EnumerateArray()) inOrder.Add(GetHashCode(item));
                return inOrder.ToHashCode();
            case JsonValueKind.Object:
                var anyOrder = value.GetPropertyCount();
                foreach (var member in value.EnumerateObject()) anyOrder += HashCode.Combine(member.Name, GetHashCode(member.Value));
                return anyOrder;
            default: return (int)value.ValueKind;
        }
    }
}
