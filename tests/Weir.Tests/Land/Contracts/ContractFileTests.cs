namespace Weir.Tests.Land.Contracts;

/// <summary>The folder <c>contracts/</c>: what lies where, and what is wrong there.</summary>
public sealed class ContractFileTests : IDisposable
{
    private readonly ContractFolder contracts = new();

    [Fact]
    public void A_project_without_contracts_has_none() => contracts.Load().ShouldNotBeNull();

    [Fact]
    public void The_folder_is_the_events_name_unless_the_file_says_otherwise()
    {
        contracts.With("contracts/click/1.json", """{"required":["page_url"]}""").With("contracts/README.md", "notes are no contract");
        contracts.Quarantined("""{"event":"click","user_id":"u"}""").Reason.ShouldBe("contract_violation");
    }

    [Theory]
    [InlineData("contracts/click/1.json", """{"properties":{"pricee":{}}}""", "contracts/click/1.json:1:16: 'pricee' is no column of lake.events that a contract can speak of (did you mean 'price'?)")]
    [InlineData("contracts/click/1.json", """{"required":["sku"]}""", "contracts/click/1.json:1:14: 'sku' is no column of lake.events that a contract can speak of; members of the sender's own are under")]
    [InlineData("contracts/click/1.json", """{"allOf":[{"$ref":"#/$defs/x"}],"$defs":{"x":{"required":["sku"]}}}""", "contracts/click/1.json:1:59: 'sku' is no column")]
    [InlineData("contracts/click/1.json", """{"additionalProperties":false}""", "contracts/click/1.json:1:2: 'additionalProperties' cannot stand at the top")]
    [InlineData("contracts/click/1.json", """{"properties":{"user_id":{"type":"integer"}}}""", "contracts/click/1.json:1:34: 'user_id' is text in lake.events, so its type must be or contain \"string\"")]
    [InlineData("contracts/click/1.json", """{"properties":{"event":{"x-weir":{"default":"x"}}}}""", "contracts/click/1.json:1:34: 'event' cannot have a default: it says what was sent")]
    [InlineData("contracts/click/1.json", """{"x-weir":{"events":"Click"}}""", "contracts/click/1.json:1:12: 'events' is not known in the x-weir of an event; did you mean 'event'?")]
    [InlineData("contracts/click/1.json", """{"x-weir":{"event":[]}}""", "contracts/click/1.json:1:20: 'event' must be the event's name, or a list of its names")]
    [InlineData("contracts/click/v1.json", "{}", "contracts/click/v1.json:1:1: the file's name must be the version, such as 2.json or 1-0-2.json")]
    [InlineData("contracts/click.json", "{}", "contracts/click.json:1:1: a contract's files lie in a folder of their own: contracts/<event>/<version>.json")]
    public void A_mistake_is_told_with_its_file_and_place(string file, string content, string expected) => contracts.With(file, content).Mistakes().ShouldHaveSingleItem().ShouldStartWith(expected);

    [Fact]
    public void An_event_has_one_contract() =>
        contracts.With("contracts/a/1.json", """{"x-weir":{"event":"Click"}}""").With("contracts/b/1.json", """{"x-weir":{"event":["click","Click"]}}""").Mistakes()
            .ShouldBe(["contracts/b/1.json:1:1: the event 'Click' has a contract already, 'a'; an event has one"]);

    [Fact]
    public void The_mistakes_of_all_files_come_at_once() =>
        contracts.With("contracts/a/1.json", """{"typ":1}""").With("contracts/b/1.json", "{").Mistakes().Select(m => m.Split(':')[0]).ShouldBe(["contracts/a/1.json", "contracts/b/1.json"]);

    public void Dispose() => contracts.Dispose();
}
