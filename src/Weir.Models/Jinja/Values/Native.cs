using System.Collections;
using System.Numerics;
using System.Text.Json;

namespace Weir.Models.Jinja;

/// <summary>
/// Converts .NET values to those templates work with: null, bool, long, BigInteger, double, decimal, string, <c>List&lt;object?&gt;</c>, <see cref="JinjaTuple"/>,
/// <see cref="JinjaDict"/>. Any other object stays as it is.
/// </summary>
internal static class Native
{
    public static object? From(object? value) => value switch
    {
        null or string or bool or long or double or List<object?> or JinjaDict or JinjaTuple or IJinjaObject or IJinjaCallable => value,
        int or short or sbyte or byte or ushort or uint => Convert.ToInt64(value, null),
        ulong large => Numbers.Shrink(large),
        Int128 large => Numbers.Shrink((BigInteger)large),
        BigInteger large => Numbers.Shrink(large),
        float number => (double)number,
        char character => character.ToString(),
        JsonElement json => FromJson(json),
        Func<Arguments, object?> function => new Function("function", function),
        byte[] or DictView or JinjaRange or Generator => value,
        IDictionary dictionary => FromDictionary(dictionary),
        IEnumerable<KeyValuePair<string, object?>> pairs => FromPairs(pairs),
        IEnumerable<KeyValuePair<string, string>> pairs => FromPairs(pairs.Select(pair => KeyValuePair.Create(pair.Key, (object?)pair.Value))),
        IEnumerable items => items.Cast<object?>().Select(From).ToList(),
        _ => value,
    };

    private static JinjaDict FromDictionary(IDictionary dictionary)
    {
        var result = new JinjaDict();
        foreach (DictionaryEntry entry in dictionary)
            result[From(entry.Key)] = From(entry.Value);
        return result;
    }

    private static JinjaDict FromPairs(IEnumerable<KeyValuePair<string, object?>> pairs) =>
        new(pairs.Select(pair => KeyValuePair.Create((object?)pair.Key, From(pair.Value))));

    private static object? FromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => FromPairs(json.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, FromJson(member.Value)))),
        JsonValueKind.Array => json.EnumerateArray().Select(FromJson).ToList(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => FromJsonNumber(json),
        _ => null,
    };

    private static object FromJsonNumber(JsonElement json)
    {
        if (json.TryGetInt64(out var whole))
            return whole;
        return json.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0 ? BigInteger.Parse(json.GetRawText(), null) : json.GetDouble();
    }
}
