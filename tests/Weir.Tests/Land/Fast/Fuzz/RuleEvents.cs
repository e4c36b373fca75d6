using System.Text;
using Weir.Events;
using Weir.Sources;
using Weir.Tests.Land.Contracts;

namespace Weir.Tests.Land.Fast.Fuzz;

/// <summary>Contracts with every keyword and every rule of migrations, and events that meet them, nearly meet them, or are written in unusual ways.</summary>
internal sealed class RuleEvents(Random random)
{
    private static readonly string[] Words = ["a", "SKU-7", "SKU-12345", "EUR", "chf", "cc", "invoice", "Anna Maria Keller", "true", "False", "0", "1", "7.0", " 012.50", "1e2", "grün", "漢字", "😀", "say \\\"hi\\\"", "a\\\\b", "\\u00e9", "a\\/b", "tab\\t", "\u007f", "\u00a0", "ȿ", "Ɐ", "<b>&'+", "2024-06-15T12:00:00", "2024-01-15 12:00:00.25", "2024-01-15T12:00:00+02:00", "never", "198.51.100.7", "a@b.example", "3f2504e0-4f89-11d3-9a0c-0305e82c3301"];
    private static readonly string[] Numbers = ["0", "1", "7", "12", "1999", "25", "-5", "-0", "7.0", "12.50", "0.1", "19.99", "12.34567", "1e2", "1E-7", "9007199254740993", "123456789012345678", "1234567890123456789", "12345678901234.1234", "0.0000000000000000001"];

    public static ContractFolder AddTo(ContractFolder contracts) => contracts
        .With("contracts/ruled/1.json", """
            {"properties": {"currency": {"enum": ["EUR", "chf", "CHF", null, 7]}, "properties": {"type": "object", "minProperties": 1, "maxProperties": 30,
              "properties": {"sku": {"type": ["string", "integer", "null"], "minLength": 1, "maxLength": 40}, "cents": {"type": "number", "minimum": 0, "x-weir": {"default": 5}}, "free": {"x-weir": {"pii": "text"}}, "products": {"type": "array", "maxItems": 4, "items": {"type": ["object", "string"]}}},
              "dependentRequired": {"first": ["last"]}, "propertyNames": {"maxLength": 40}}}}
            """)
        .With("contracts/ruled/2.json", """
            {"x-weir": {"event": ["ruled", "Rules Applied"]}, "properties": {"coupon": {"x-weir": {"default": "none"}}, "context": {"properties": {"tags": {"uniqueItems": true}, "app": {"properties": {"kind": {"x-weir": {"default": "web \" ü"}}}}}}}}
            """)
        .With("contracts/ruled/3.json", """
            {"x-weir": {"event": ["Rules Applied", "Applied"]}, "required": ["client_time"],
             "properties": {"price": {"minimum": 0, "exclusiveMaximum": 1000000, "multipleOf": 0.01}, "product_id": {"pattern": "^(SKU-[0-9]+|[a-z].*)$"}, "quantity": {"type": "integer", "x-weir": {"default": 1}}, "client_time": {"format": "date-time"},
              "properties": {"properties": {"paid": {"type": "boolean"}, "method": {"anyOf": [{"const": "card"}, {"type": "string", "not": {"pattern": "^c"}}, {"type": "null"}]}, "at": {"format": "date-time"}, "mail": {"format": "email", "x-weir": {"pii": "email"}},
                "lines": {"contains": {"required": ["id"]}, "minContains": 0, "prefixItems": [{"type": "object"}], "items": {"type": "object"}}},
                "patternProperties": {"^x_": {"type": "number"}}, "if": {"required": ["first"]}, "then": {"required": ["last"]}, "oneOf": [{"required": ["a"]}, {"not": {"required": ["a"]}}], "dependentSchemas": {"weight": {"properties": {"weight": {"type": "number"}}}}}}}
            """)
        .With("contracts/ruled/migrations/1-to-2.json", """
            {"rules": [
              {"move": "properties.sku", "to": "product_id"}, {"unit": "properties.cents", "from": "cent", "to": "EUR", "factor": 0.01}, {"move": "properties.cents", "to": "price"}, {"rename": "properties.deep.old", "to": "new"},
              {"map": "currency", "values": {"chf": "CHF", "7": null}, "others": "keep"}, {"map": "properties.method", "values": {"cc": "card", "1": {"b": [1, "ü"]}, "0": "say \"hi\""}, "others": "keep"},
              {"rename": "properties.products", "to": "lines"}, {"rename": "properties.lines[].sku", "to": "id"}, {"default": "properties.lines[].q", "value": 1}, {"remove": "properties.gone.deep"}, {"remove": "properties.gone2"}, {"move": "anonymous_id", "to": "properties.visitor"}]}
            """)
        .With("contracts/ruled/migrations/2-to-3.json", """
            {"rules": [
              {"cast": "properties.paid", "to": "boolean"}, {"cast": "properties.count", "to": "integer"}, {"cast": "properties.label", "to": "string"}, {"cast": "properties.weight", "to": "number"},
              {"assume_time_zone": "properties.at", "zone": "Europe/Berlin"}, {"split": "properties.name", "by": " ", "into": ["properties.first", "properties.last"]}, {"split": "product_name", "by": "-", "into": ["product_name", "properties.rest.tail"]},
              {"join": ["properties.street", "properties.no", "category"], "with": ", ", "into": "properties.address"}, {"default": "context.v", "value": "ä"}, {"move": "coupon", "to": "context.coupon"}, {"move": "revenue", "to": "properties.revenue"}, {"unit": "properties.mass", "from": "kg", "to": "lb", "factor": 2.20462},
              {"move": "user_id", "to": "anonymous_id"}, {"move": "session_id", "to": "user_id"}]}
            """);

    public (string Dialect, byte[] Bytes) Next()
    {
        var version = random.Next(25) switch { < 10 => "1", < 17 => "2", < 24 => "3", _ => "4" };
        var name = version switch { "1" => "ruled", "2" => random.Next(2) == 0 ? "ruled" : "Rules Applied", _ => random.Next(2) == 0 ? "Applied" : "Rules Applied" };
        var (isWeir, isOldest, isNewest) = (random.Next(3) > 0, version == "1", version == "3");
        var properties = Object([.. isOldest ? ["sku", "cents", "products", "gone", "gone2", "deep"] : new[] { "lines", "first", "last" }, .. isNewest ? ["paid"] : new[] { "paid", "count", "name", "at", "street", "no" }, "method", "label", "weight", "mail", "mass", "x_1", "a", "free", "漢"]);
        var context = Object(["tags", "app", "v", "free"]);
        var text = isWeir
            ? Written([("event_id", $"\"0190a1b2-0000-7000-8000-{random.Next():x12}\""), ("event", $"\"{name}\""), ("timestamp", "\"2024-06-15T11:59:00.5Z\""), ("schema_version", $"\"{version}\""),
                .. Some(8, ("user_id", Text()), ("session_id", Text())), .. Some(isOldest || isNewest ? 5 : 1, ("anonymous_id", Text())), .. Some(isOldest ? 1 : 7, ("product_id", Usual("sku")), ("price", Number())),
                .. Some(6, ("product_name", Text()), ("category", Text()), ("currency", Usual("currency")), ("coupon", Text()), ("quantity", Number()), ("revenue", Number()), ("properties", properties), ("context", context))])
            : Written([("messageId", $"\"m{random.Next()}\""), ("type", "\"track\""), ("event", $"\"{name}\""), ("timestamp", "\"2024-06-15T11:59:00.5Z\""), .. Some(9, ("userId", Text())), .. Some(isOldest || isNewest ? 5 : 1, ("anonymousId", Text())),
                ("context", $"{context[..^1]}{(context.Length > 2 ? "," : "")}\"session_id\":{Text()},\"schema_version\":\"{version}\"}}"), ("properties", properties)]);
        var bytes = Encoding.UTF8.GetBytes(text);
        return (isWeir ? Dialects.Weir : Dialects.Segment, random.Next(12) == 0 ? JsonTexts.Change(random, bytes) : bytes);
    }

    private string Object(string[] names) => Written(names.Where(_ => random.Next(3) == 0).OrderBy(_ => random.Next()).Select(n => (n, Usual(n))));

    /// <summary>Mostly what its contract expects.</summary>
    private string Usual(string name) => random.Next(40) == 0 ? Any(0) : name switch
    {
        "cents" or "count" or "weight" or "mass" or "no" or "x_1" => random.Next(20) == 0 ? Text() : Number(),
        "products" or "lines" => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(25) == 0 ? Any(1) : Object(["sku", "q", "id", "z"])))}]",
        "deep" or "gone" or "app" => Object(["old", "new", "deep", "kind", "z"]),
        "tags" => $"[{string.Join(',', Enumerable.Range(0, random.Next(3)).Select(_ => Text()))}]",
        "paid" => random.Next(2) == 0 ? "true" : "false",
        "method" => $"\"{(random.Next(2) == 0 ? "cc" : "invoice")}\"",
        "currency" => $"\"{(random.Next(2) == 0 ? "chf" : "EUR")}\"",
        "at" => "\"2024-06-15T12:00:00\"",
        "sku" => $"\"SKU-{random.Next(100)}\"",
        "name" => "\"Anna Maria Keller\"",
        "mail" => "\"a@b.example\"",
        _ => Text(),
    };

    private string Any(int depth) => random.Next(depth > 3 ? 3 : 5) switch
    {
        0 => Text(),
        1 => Number(),
        2 => random.Next(3) switch { 0 => "null", 1 => "true", _ => "false" },
        3 => Written(Enumerable.Range(0, random.Next(3)).Select(i => ($"k{i}", Any(depth + 1)))),
        _ => $"[{string.Join(',', Enumerable.Range(0, random.Next(3)).Select(_ => Any(depth + 1)))}]",
    };

    /// <summary>Mostly one of the first.</summary>
    private string Text() => $"\"{Words[random.Next(random.Next(8) == 0 ? Words.Length : 12)]}\"";

    private string Number() => Numbers[random.Next(random.Next(8) == 0 ? Numbers.Length : 6)];

    private IEnumerable<(string, string)> Some(int ofTen, params (string, string)[] members) => members.Where(_ => random.Next(10) < ofTen);

    private string Written(IEnumerable<(string Name, string Value)> members)
    {
        var blank = random.Next(40) == 0 ? " " : "";
        return $"{{{string.Join($",{blank}", members.Select(m => $"\"{m.Name}\":{blank}{m.Value}"))}}}";
    }
}
