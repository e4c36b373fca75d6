using System.Text.Json;
using Weir.DuckDb;
using Weir.Events;
using Weir.Lake;
using Weir.Land;
using Weir.Land.Tap;
using Weir.Sources;
using Weir.Tests.Land.Contracts;
using Weir.Tests.Land.Landing;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Tap;

/// <summary>What is shown of an event is what the lake keeps of it: no more, no less.</summary>
public sealed class ShownRowTests : IAsyncDisposable
{
    /// <summary>What says where a row came from, or when, stands beside it.</summary>
    private static readonly string[] Beside = ["event_id", "source", "received_at", "_stream", "_position", "_dialect", "date", "hour"];

    private readonly Watching watching = new();

    public ValueTask DisposeAsync() => watching.DisposeAsync();

    [Fact]
    public async Task The_row_shown_has_the_values_of_the_row_that_lands()
    {
        const string envelope = """{"ip":"203.0.113.7","userAgent":"Mozilla/5.0","sentAt":"2026-03-01T09:59:58Z","context":{"library":{"name":"x"}}}""";
        var web = watching.Add(new MemoryEventStream("aaaa", "web"));
        await using var watcher = await watching.WatchAsync();
        web.Append(At("2026-03-01T10:00:00"), envelope, Dialects.Weir,
        [
            """{"event_id":"8b9e4c2a-1111-4222-8333-944455556666","event":"Order \"Completed\" äß","user_id":"u","anonymous_id":"a","session_id":"s","timestamp":"2026-03-01T09:00:00.123456+02:00","sent_at":"2026-03-01T09:00:01Z","page":{"url":"https://shop.example/a?utm_source=s&utm_medium=m&utm_campaign=c&utm_term=t&utm_content=n","title":"T","referrer":"https://r.example/"},"order_id":"o","product_id":"p","product_name":"n","category":"c","quantity":3,"price":12.5,"revenue":"37.50","currency":"EUR","coupon":"x","cart_id":"y","properties":{"a":[1,"\n",null],"b":{"c":1.50}}}""",
            "{\"event\":\"page\",\"anonymous_id\":\"a\",\"properties\":{\n \"lines\" :\r\n 1}}",
        ]);
        web.Append(At("2026-03-01T10:00:00"), envelope, Dialects.Segment,
            ["""{"type":"track","event":"Product Added","messageId":"m-1","anonymousId":"a","userId":"u-9","timestamp":"2026-03-01T09:00:00Z","context":{"ip":"198.51.100.9","locale":"de-DE","os":{"name":"iOS","version":"17"},"device":{"id":"d","type":"ios"},"app":{"name":"Shop","version":"1.2"},"page":{"path":"/p"},"campaign":{"source":"g","medium":"m","name":"n","term":"t","content":"c"}},"properties":{"product_id":"7","price":1}}"""]);
        var shown = new List<JsonElement>();
        for (var i = 0; i < 3; i++) shown.Add((await watcher.NextAsync()).Json);
        await watching.Land.LandAsync(web);
        var columns = LakeTables.Events.Columns.Select(c => c.Name).ToList();
        var list = string.Join(", ", LakeTables.Events.Columns.Select(c => c.SqlType == "TIMESTAMP WITH TIME ZONE" ? $"epoch_us(\"{c.Name}\")::VARCHAR" : $"\"{c.Name}\"::VARCHAR"));
        var rows = watching.Land.Read(c => c.Query($"SELECT {list} FROM lake.events ORDER BY _position", r => columns.Select((_, i) => r.IsDBNull(i) ? null : r.GetString(i)).ToList()));
        rows.Count.ShouldBe(3);
        var valued = new HashSet<string>();
        for (var i = 0; i < 3; i++)
        {
            var row = shown[i].GetProperty("row");
            foreach (var (column, value) in columns.Zip(rows[i]).Where(c => !Beside.Contains(c.First)))
            {
                var has = row.TryGetProperty(column, out var member);
                has.ShouldBe(value is not null, $"{column} of {i}");
                if (!has) continue;
                valued.Add(column);
                Text(member, LakeTables.Events.Columns.First(c => c.Name == column).SqlType).ShouldBe(Text(value!, column), $"{column} of {i}");
            }
            row.EnumerateObject().Select(m => m.Name).Except(columns).ShouldBeEmpty();
            shown[i].GetProperty("event_id").GetString().ShouldBe(rows[i][columns.IndexOf("event_id")]);
            shown[i].GetProperty("table").GetString().ShouldBe("events");
            shown[i].ToString().ShouldNotContain('\n');
        }
        columns.Except(Beside).Except(valued).ShouldBe(["schema_version", "browser", "country", "_flags"], ignoreOrder: true); // values for all others were seen
    }

    [Fact]
    public async Task Of_an_event_that_is_not_valid_the_reason_is_shown_and_none_of_its_values()
    {
        var web = watching.Add(new MemoryEventStream("aaaa", "web"));
        await using var watcher = await watching.WatchAsync();
        web.Append(At("2026-03-01T10:00:00"), """{"ip":"203.0.113.7"}""", Dialects.Weir, ["""{"event_id":"8b9e4c2a-1111-4222-8333-944455556666","event":"page","user_id":"secret","timestamp":"secret"}""", "secret"]);
        var (_, shown) = await watcher.NextAsync();
        shown.GetProperty("table").GetString().ShouldBe("quarantine");
        shown.GetProperty("row").ToString().ShouldBe("""{"reason":"invalid_time","detail":"$.timestamp: not an ISO 8601 time","event":"page"}""");
        var all = shown.ToString() + (await watcher.NextAsync()).Json;
        all.ShouldNotContain("secret");
        all.ShouldNotContain("203.0.113.7");
    }

    [Fact]
    public async Task The_projects_contracts_and_rules_hold_for_what_is_shown()
    {
        using var contracts = new ContractFolder().With("contracts/product_added/2.json",
            """{"$schema":"https://json-schema.org/draft/2020-12/schema","x-weir":{"event":"Product Added"},"properties":{"price":{"type":"number","minimum":0}}}""");
        var rules = EventRules.Load(contracts.Project);
        await using var strict = new Watching(new TapOptions { Rules = rules });
        strict.Land.Sources[0] = strict.Land.Sources[0] with { DropBots = true };
        strict.Land.Configure = o => o with { Rules = rules };
        var web = strict.Add(new MemoryEventStream("aaaa", "web"));
        await using var watcher = await strict.WatchAsync();
        web.Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00", "Product Added", ""","price":1"""), Of(2, "2026-03-01T09:00:00", "Product Added", ""","price":-1"""));
        web.Append(At("2026-03-01T10:00:00"), """{"userAgent":"Googlebot/2.1 (+http://www.google.com/bot.html)"}""", Dialects.Weir, [Of(3, "2026-03-01T09:00:00")]);
        var tables = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var shown = (await watcher.NextAsync()).Json;
            tables.Add($"{shown.GetProperty("table")} {(shown.GetProperty("row").TryGetProperty("reason", out var reason) ? reason : "")}");
        }
        tables.ShouldBe(["events ", "quarantine contract_violation", " bot"]);
        await strict.Land.LandAsync(web);
        (await watcher.NextAsync(3)).ShouldBe(["fate web 0 landed", "fate web 1 quarantined contract_violation", "fate web 2 dropped bot"]);
    }

    [Fact]
    public async Task A_row_of_an_entity_is_shown_with_its_declared_fields_only()
    {
        watching.Land.Sources.Add(new SourceDefinition
        {
            Name = "crm", Entity = "contacts", Key = ["id"],
            Fields =
            [
                new("id", "Id", new FieldType(FieldKind.BigInt), Required: true), new("name", "Name", new FieldType(FieldKind.Varchar)), new("since", "Since", new FieldType(FieldKind.Date)),
                new("seen", "Seen", new FieldType(FieldKind.Timestamp), TimeZone: "UTC"), new("worth", "Worth", new FieldType(FieldKind.Decimal, 18, 2)), new("tags", "Tags", new FieldType(FieldKind.Json)), new("vip", "Vip", new FieldType(FieldKind.Boolean)),
            ],
        });
        var crm = watching.Add(new MemoryEventStream("aaaa", "crm"));
        await using var watcher = await watching.WatchAsync();
        crm.Append(At("2026-03-01T10:00:00"), """{"Id":5,"Name":"A","Since":"2026-02-01","Seen":"2026-02-01T10:00:00.5Z","Worth":12.30,"Tags":["x", 1],"Vip":true,"Undeclared":"secret"}""");
        var (_, shown) = await watcher.NextAsync();
        shown.GetProperty("table").GetString().ShouldBe("contacts");
        shown.GetProperty("row").ToString().ShouldBe("""{"id":5,"name":"A","since":"2026-02-01","seen":"2026-02-01T10:00:00.5Z","worth":12.3,"tags":["x", 1],"vip":true}""");
        await watching.Land.LandAsync(crm);
        (await watcher.NextAsync(1)).ShouldBe(["fate crm 0 landed"]);
    }

    private static string Text(JsonElement member, string type) => type switch
    {
        "TIMESTAMP WITH TIME ZONE" => ((member.GetDateTime().Ticks - DateTime.UnixEpoch.Ticks) / 10).ToString(),
        _ when member.ValueKind == JsonValueKind.Number => member.GetDecimal().ToString("0.####"),
        _ when member.ValueKind == JsonValueKind.Object => JsonSerializer.Serialize(member),
        _ => member.GetString()!,
    };

    private static string Text(string value, string column) => column switch
    {
        "price" or "revenue" => decimal.Parse(value).ToString("0.####"),
        "context" or "properties" => JsonSerializer.Serialize(JsonDocument.Parse(value).RootElement),
        _ => value,
    };
}
