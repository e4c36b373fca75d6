using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Weir.Studio.Hosting;

namespace Weir.Tests.Studio;

public class ErrorTests
{
    [Fact]
    public async Task WEIR9001_a_wrong_home_yml_leaves_the_account_standing() =>
        await PageShouldTell("WEIR9001", new SampleData(), "figures: many", "figures (line 1): must be a list", "Adds up");

    [Fact]
    public async Task WEIR9002_home_yml_that_is_not_yaml() => await PageShouldTell("WEIR9002", new SampleData(), "figures: [", "is not YAML: line", "Adds up");

    [Fact]
    public async Task WEIR9003_a_warehouse_that_cannot_be_opened_leaves_the_account_standing() =>
        await PageShouldTell("WEIR9003", new SampleData(), SampleShop.Home, "no warehouse in this test", "Adds up");

    [Fact]
    public async Task WEIR9004_a_table_or_column_that_is_not_there_is_told_on_its_card_with_the_nearest_name()
    {
        var data = Shop();
        var home = SampleShop.Home.Replace("table: top_customers", "table: top_customer").Replace("value: sessions", "value: session");
        await PageShouldTell("WEIR9004", data, home, "did you mean 'top_customers'?", "did you mean 'sessions'?", "Electronics");
    }

    [Fact]
    public async Task WEIR9004_a_column_of_another_kind_is_told() =>
        await PageShouldTell("WEIR9004", Shop(), SampleShop.Home.Replace("date: hour, value: revenue", "date: orders, value: hour"),
            "needs a DATE or TIMESTAMP, but the column 'orders' of 'hourly_kpis' is BIGINT");

    [Fact]
    public async Task A_name_with_quotes_in_home_yml_stays_a_name() =>
        await PageShouldTell("WEIR9004", Shop(), SampleShop.Home.Replace("value: orders, per", "value: 'orders\"; drop table top_customers; --', per"), "Ingrid Bauer");

    [Fact]
    public async Task WEIR9005_a_query_that_the_warehouse_refuses_fails_its_card_alone() =>
        await PageShouldTell("WEIR9005", Shop("create or replace view top_orders as select 'a' as customer_name, error('broken view')::double as revenue, 1 as orders"),
            SampleShop.Home.Replace("table: top_customers", "table: top_orders"), "broken view", "Electronics");

    [Theory]
    [InlineData("weir.attacker.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("10.0.0.7:8787", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost:8787", HttpStatusCode.OK)]
    [InlineData("[::1]:8787", HttpStatusCode.OK)]
    [InlineData("weir.example.org", HttpStatusCode.OK)]
    public async Task WEIR9006_only_loopback_and_allowed_names_are_answered(string host, HttpStatusCode expected)
    {
        await using var server = await StudioServer.StartAsync(Shop());
        foreach (var path in new[] { "/", "/home/minutes", "/assets/studio.css" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
            using var answer = await server.Client.SendAsync(request);
            answer.StatusCode.ShouldBe(expected, path);
            if (expected != HttpStatusCode.OK) (await answer.Content.ReadAsStringAsync()).ShouldStartWith("WEIR9006");
        }
    }

    [Theory]
    // Its own pages, programs that are no browsers, and links that a person follows.
    [InlineData("GET", "SELF", "same-origin", "cors", "empty", HttpStatusCode.OK)]
    [InlineData("GET", null, "same-origin", "no-cors", "script", HttpStatusCode.OK)]
    [InlineData("GET", null, "none", "navigate", "document", HttpStatusCode.OK)]
    [InlineData("GET", null, null, null, null, HttpStatusCode.OK)]
    [InlineData("GET", null, "cross-site", "navigate", "document", HttpStatusCode.OK)]
    // Pages of others: fetch, frame, picture, script, a form, another port, a sandbox, another name for the same address.
    [InlineData("GET", "https://attacker.example", "cross-site", "cors", "empty", HttpStatusCode.Forbidden)]
    [InlineData("GET", "https://attacker.example", null, null, null, HttpStatusCode.Forbidden)]
    [InlineData("GET", null, "cross-site", "navigate", "iframe", HttpStatusCode.Forbidden)]
    [InlineData("GET", null, "cross-site", "no-cors", "image", HttpStatusCode.Forbidden)]
    [InlineData("GET", null, "same-site", "no-cors", "script", HttpStatusCode.Forbidden)]
    [InlineData("POST", null, "cross-site", "navigate", "document", HttpStatusCode.Forbidden)]
    [InlineData("POST", "https://attacker.example", "cross-site", "navigate", "document", HttpStatusCode.Forbidden)]
    [InlineData("GET", "http://127.0.0.1:3000", "same-site", "cors", "empty", HttpStatusCode.Forbidden)]
    [InlineData("GET", "null", "cross-site", "cors", "empty", HttpStatusCode.Forbidden)]
    [InlineData("GET", "http://weir.example.org", null, null, null, HttpStatusCode.Forbidden)]
    [InlineData("GET", "chrome-extension://abcdef", null, null, null, HttpStatusCode.Forbidden)]
    public async Task WEIR9009_pages_of_other_sites_are_not_answered(string method, string? origin, string? site, string? mode, string? destination, HttpStatusCode expected)
    {
        await using var server = await StudioServer.StartAsync(Shop(), routes: routes => routes.MapPost("/act", () => "done"));
        foreach (var path in method == "POST" ? new[] { "/act" } : ["/", "/home/minutes", "/assets/studio.css"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (origin is not null) request.Headers.Add("Origin", origin == "SELF" ? server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) : origin);
            foreach (var (name, value) in new[] { ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", destination) })
                if (value is not null) request.Headers.Add(name, value);
            using var answer = await server.Client.SendAsync(request);
            answer.StatusCode.ShouldBe(expected, path);
            if (expected != HttpStatusCode.OK) (await answer.Content.ReadAsStringAsync()).ShouldStartWith("WEIR9009");
        }
    }

    [Fact]
    public async Task WEIR9007_missing_files_are_told_at_the_start()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        Should.Throw<WeirException>(() => WebFiles.Map(app, Path.Combine(Path.GetTempPath(), "no-studio-here"))).Code.ShouldBe("WEIR9007");
    }

    [Fact]
    public async Task WEIR9008_an_account_that_cannot_be_read_is_not_called_right()
    {
        var data = Shop();
        data.Failure = new IOException("Input/output error");
        await PageShouldTell("WEIR9008", data, SampleShop.Home, "Input/output error", "The account cannot be read.", "Ingrid Bauer");
    }

    [Fact]
    public void Every_code_has_its_page()
    {
        foreach (var number in Enumerable.Range(9001, 8))
            File.Exists(Path.Combine(Repository.Root, "docs", "errors", $"WEIR{number}.md")).ShouldBeTrue($"WEIR{number}");
    }

    private static async Task PageShouldTell(string code, SampleData data, string home, params string[] words)
    {
        await using var server = await StudioServer.StartAsync(data, home);
        var page = WebUtility.HtmlDecode(await server.GetAsync());
        page.ShouldContain(code);
        foreach (var word in words) page.ShouldContain(word);
    }

    private static SampleData Shop(params string[] changes)
    {
        var data = new SampleData();
        data.UseWarehouse([.. SampleShop.Statements, .. changes]);
        return data;
    }
}
