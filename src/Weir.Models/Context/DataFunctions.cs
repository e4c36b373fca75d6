using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Weir.Models.Jinja;
using Weir.Models.Yaml;

namespace Weir.Models.Context;

/// <summary>The functions of dbt's context that only turn values into others: JSON, YAML, sets, hashes.</summary>
internal static class DataFunctions
{
    public static void Offer(Scope scope) => scope
        .Set("local_md5", arguments => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(arguments.GetText(0, "value")))))
        .Set("tojson", arguments => Json.Write(Native.From(Plain.From(arguments.Require(0, "value"))), arguments.GetBool(2, "sort_keys", false)))
        .Set("fromjson", arguments => Or(arguments, FromJson))
        .Set("toyaml", arguments => YamlWriter.Write(Plain.From(arguments.Require(0, "value"))))
        .Set("fromyaml", arguments => Or(arguments, text => YamlText.ReadAny(text, out var why) is { } value ? value.ToObject() : throw new FormatException(why)))
        .Set("set", arguments => Plain.From(arguments.Require(0, "value")) is System.Collections.IEnumerable and not string ? Distinct(arguments) : arguments.Get(1, "default"))
        .Set("set_strict", Distinct)
        .Set("zip", arguments => Zip(arguments.Positional, arguments.Named.GetValueOrDefault("default")))
        .Set("zip_strict", arguments => Zip(arguments.Positional, null));

    private static object? Or(Arguments arguments, Func<string, object?> read)
    {
        try
        {
            return read(arguments.GetText(0, "string"));
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException)
        {
            return arguments.Get(1, "default");
        }
    }

    private static object? FromJson(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    private static object? Distinct(Arguments arguments)
    {
        var seen = new List<object?>();
        foreach (var item in Sequences.Iterate(arguments.Require(0, "value")))
        {
            if (!seen.Any(known => Equality.Same(known, item)))
                seen.Add(item);
        }

        return seen;
    }

    private static object? Zip(IReadOnlyList<object?> values, object? otherwise)
    {
        if (otherwise is not null && values.Any(value => Sequences.TryIterate(value) is null))
            return otherwise;
        var lists = values.Select(value => Sequences.Iterate(value).ToList()).ToList();
        return Enumerable.Range(0, lists.Count == 0 ? 0 : lists.Min(list => list.Count)).Select(i => (object?)new JinjaTuple([.. lists.Select(list => list[i])])).ToList();
    }
}
