namespace Weir.Tests.Acceptance;

/// <summary><c>weir contracts</c> and landing with contracts, by the program itself.</summary>
public class ContractsCommandTests
{
    private static TemporaryProject Project() => new TemporaryProject().With("weir.yml", "name: small\nsources:\n  web: {time_zone: UTC, unknown_events: quarantine, schema_version: \"3\"}\n")
        .With("contracts/click/1.json", """{"x-weir":{"event":"clicked"}}""")
        .With("contracts/click/2.json", """{"x-weir":{"event":"Click"},"required":["page_url"],"properties":{"user_id":{"x-weir":{"pii":"id"}},"locale":{"x-weir":{"default":"de"}}}}""")
        .With("contracts/click/migrations/1-to-2.json", """{"rules":[{"move":"properties.url","to":"page_url"}],"examples":[{"title":"the url","from":{"properties":{"url":"/a"}},"to":{"page_url":"/a","locale":"de"}}]}""");

    [Fact]
    public async Task Contracts_are_listed_checked_and_tested()
    {
        using var project = Project();
        (await project.RunAsync("contracts", "list", "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").ShouldBe(
            "contract,events,versions,personal,defaults,examples\nclick,\"Click, clicked\",\"1, 2\",user_id,locale,1\n");
        var check = (await project.RunAsync("contracts", "check")).ShouldSucceed();
        check.Error.ShouldContain("1 contract with 2 versions and 1 migration: all right");
        check.Error.ShouldContain("source 'web' declares schema_version 3, which no contract has");
        var test = (await project.RunAsync("contracts", "test", "--format", "csv")).ShouldSucceed();
        (test.Output.ReplaceLineEndings("\n"), test.Error.Trim()).ShouldBe(("contract,migration,example,result\nclick,1-to-2,the url,ok\n", "✓ 1 example: all hold"));
    }

    [Fact]
    public async Task An_example_that_does_not_hold_ends_with_1_and_a_mistake_with_2()
    {
        using var project = Project();
        project.With("contracts/click/migrations/1-to-2.json", """{"rules":[],"examples":[{"from":{"page_url":"/a"},"to":{"page_url":"/b","locale":"de"}}]}""");
        var test = await project.RunAsync("contracts", "test");
        test.ExitCode.ShouldBe(1);
        test.Error.ShouldContain("""contracts/click/migrations/1-to-2.json:1:25: $.page_url: expected "/b", got "/a" """.Trim());
        project.With("contracts/click/2.json", """{"requird":["page_url"]}""");
        foreach (var command in new[] { "check", "test", "list" })
        {
            var wrong = await project.RunAsync("contracts", command);
            wrong.ExitCode.ShouldBe(2);
            wrong.Error.ShouldContain("WEIR5110");
            wrong.Error.ShouldContain("contracts/click/2.json:1:2: 'requird' is no keyword of JSON Schema 2020-12; did you mean 'required'?");
        }
        (await project.RunAsync("land")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Landing_holds_events_against_contracts_and_the_account_adds_up()
    {
        using var project = Project().With("events.ndjson", """
            {"event":"Click","event_id":"1","timestamp":"2026-01-01T00:00:00","user_id":"u","schema_version":"2","page":{"url":"/a"}}
            {"event":"clicked","event_id":"2","timestamp":"2026-01-01T00:00:00","user_id":"u","schema_version":"1","properties":{"url":"/b"}}
            {"event":"clicked","event_id":"2","timestamp":"2026-01-01T00:00:00","user_id":"u","schema_version":"1","properties":{"url":"/b"}}
            {"event":"Click","event_id":"3","timestamp":"2026-01-01T00:00:00","user_id":"u","schema_version":"2"}
            {"event":"Click","event_id":"4","timestamp":"2026-01-01T00:00:00","user_id":"u"}
            {"event":"Tap","event_id":"5","timestamp":"2026-01-01T00:00:00","user_id":"u"}
            """);
        (await project.RunAsync("load", project["events.ndjson"], "--source", "web")).ShouldSucceed();
        (await project.RunAsync("account", "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").ShouldEndWith("web,6,2,1,3,0,0,0\n");
        (await project.RunAsync("account", "--verify")).ShouldSucceed();
        (await project.QueryAsync("select event, schema_version, page_url, locale, _imputed from lake.events order by page_url")).ShouldBe("Click,2,/a,de,locale\nClick,1,/b,de,locale");
        (await project.QueryAsync("select reason, detail from lake.quarantine order by _position")).ShouldBe("""
            contract_violation,"$.page_url: required: is missing (contract click, version 2)"
            unknown_version,$.schema_version: not a version that the contract click has for this event; it has 2
            unknown_event,"$.event: no contract has this event, and its source declares unknown_events: quarantine"
            """.ReplaceLineEndings("\n"));
    }
}
