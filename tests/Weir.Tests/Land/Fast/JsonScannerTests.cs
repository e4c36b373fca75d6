using System.Text;
using System.Text.Json;
using Weir.Land.Evaluate;
using Weir.Land.Fast.Scanning;

namespace Weir.Tests.Land.Fast;

public class JsonScannerTests
{
    private static readonly ScanPlan Plan = new([("a", 0, null), ("b", 1, new ScanPlan([("c", 2, null), ("a", 3, null)])), ("a longer name than eight bytes", 4, null), ("", 5, null)]);
    private readonly JsonScanner scanner = new(64);
    private readonly JsonSlice[] slots = new JsonSlice[6];

    [Fact]
    public void Values_are_where_they_are()
    {
        var text = """ {"x":[1,{"a":2}],"a":"é\n","b":{"c":-1.5e3,"a":null},"a longer name than eight bytes":{"a":[]},"":true} """;
        Scan(text).ShouldBeTrue();
        Found(text).ShouldBe(["\"é\\n\"", """{"c":-1.5e3,"a":null}""", "-1.5e3", "null", """{"a":[]}""", "true"]);
        slots.Select(s => s.Kind).ShouldBe([JsonTokenType.String, JsonTokenType.StartObject, JsonTokenType.Number, JsonTokenType.Null, JsonTokenType.StartObject, JsonTokenType.True]);
        slots.Select(s => s.IsEscaped).ShouldBe([true, false, false, false, false, false]);
        Scan("""{"b":7}""").ShouldBeTrue();
        slots.Count(s => !s.IsAbsent).ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"b":{"q":{"x":1,"y":2,"x":3}}}""")]
    [InlineData("""{"a\u0062":1}""")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"a":"\u0000"}""")]
    [InlineData("""{"a":"\x"}""")]
    [InlineData("""{"a":"\u12g4"}""")]
    [InlineData("""{"a":01}""")]
    [InlineData("""{"a":1.}""")]
    [InlineData("""{"a":+1}""")]
    [InlineData("""{"a":1e}""")]
    [InlineData("""{"a":truth}""")]
    [InlineData("""{"a":[1,]}""")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{"a" 1}""")]
    [InlineData("""{"a":1}{}""")]
    [InlineData("""{"a":"x""")]
    [InlineData("""{"a":[1}]""")]
    [InlineData("{\"a\":\"\t\"}")]
    [InlineData("{\"a\":\u00a01}")]
    [InlineData("{\"a\":1\f}")]
    public void What_is_wrong_or_not_sure_is_left_to_the_plain_reader(string text) => Scan(text).ShouldBeFalse();

    [Fact]
    public void It_says_yes_only_to_what_another_strict_parser_takes_and_to_nearly_all_of_that()
    {
        var (taken, left) = (0, 0);
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Land", "Evaluate", "json-cases.tsv")))
        {
            var parts = line.Split('\t');
            // Any value becomes an object's, at each place in a block of 64 bytes.
            foreach (var before in new[] { 0, 1, 57, 58, 59 })
            {
                byte[] text = [.. Encoding.UTF8.GetBytes($"{{{new string(' ', before)}\"v\":"), .. Convert.FromBase64String(parts[0]), (byte)'}'];
                if (!scanner.TryScan(text, Plan, slots))
                {
                    if (parts[1] == "valid") left++;
                    continue;
                }
                parts[1].ShouldBe("valid", Encoding.UTF8.GetString(text));
                taken++;
            }
        }
        taken.ShouldBeGreaterThan(500);
        left.ShouldBeLessThan(taken / 10);
    }

    [Fact]
    public void Changed_texts_are_taken_only_where_the_plain_reader_takes_them_with_the_same_values()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var check = new JsonCheck(64);
        var (taken, left) = (0, 0);
        for (var i = 0; i < 60_000; i++)
        {
            var text = JsonTexts.Any(random);
            if (random.Next(4) > 0) text = JsonTexts.Change(random, text);
            var valid = check.Find(text) is null && text.AsSpan().TrimStart(" \t\r\n"u8)[0] == '{';
            if (!scanner.TryScan(text, Plan, slots))
            {
                if (valid) left++;
                continue;
            }
            valid.ShouldBeTrue($"seed {seed}: {Encoding.UTF8.GetString(text)}");
            taken++;
            Found(text).ShouldBe(Expected(text), $"seed {seed}: {Encoding.UTF8.GetString(text)}");
        }
        taken.ShouldBeGreaterThan(10_000);
        left.ShouldBeLessThan(taken / 10, $"seed {seed}");
    }

    private static string[] Expected(byte[] text)
    {
        using var document = JsonDocument.Parse(text);
        string Text(JsonElement parent, string name) => parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value.GetRawText() : "";
        var root = document.RootElement;
        root.TryGetProperty("b", out var b);
        return [Text(root, "a"), Text(root, "b"), Text(b, "c"), Text(b, "a"), Text(root, "a longer name than eight bytes"), Text(root, "")];
    }

    private bool Scan(string text) => scanner.TryScan(Encoding.UTF8.GetBytes(text), Plan, slots);

    private string[] Found(string text) => Found(Encoding.UTF8.GetBytes(text));

    private string[] Found(byte[] text) => [.. slots.Select(s => Encoding.UTF8.GetString(text, s.Start, s.Length))];
}
