using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Weir.Events;
using Weir.Lake;
using Weir.Land.Evaluate;
using Weir.Sources;
using Weir.Tests.Land.Contracts;
using static Weir.Tests.Land.Evaluate.Evaluation;

namespace Weir.Tests.Land.Evaluate;

/// <summary>The pages tell the truth: each code has one, and what it gives as an example ends with that code.</summary>
public partial class ReasonPageTests
{
    private static readonly string Pages = Path.Combine(Repository.Root, "docs", "errors");

    public static TheoryData<string> Reasons() => [.. QuarantineReasons.All];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_reason_code_has_a_page_whose_example_gets_it(string reason)
    {
        var page = File.ReadAllText(Path.Combine(Pages, $"{reason}.md")).ReplaceLineEndings("\n");
        page.ShouldStartWith($"# {reason}\n");
        page.ShouldContain("**What to do.**");
        var example = Example().Match(page);
        example.Success.ShouldBe(reason is not ("too_large" or "empty" or "reused_id"), "these three are about length, nothing, and two events");
        if (!example.Success) return;
        var lines = example.Groups["text"].Value.Split('\n');
        using var contracts = new ContractFolder().With("contracts/page_viewed/1.json", """{"required":["page_url"]}""");
        if (reason == QuarantineReasons.MigrationFailed) contracts.With("contracts/page_viewed/2.json", "{}").With("contracts/page_viewed/migrations/1-to-2.json", """{"rules":[{"cast":"properties.scroll","to":"number"}]}""");
        var verdict = reason is QuarantineReasons.MigrationFailed or QuarantineReasons.ContractViolation or QuarantineReasons.UnknownEvent or QuarantineReasons.UnknownVersion
            ? contracts.Quarantined(lines[0], Web with { UnknownEvents = UnknownEvents.Quarantine })
            : reason == QuarantineReasons.TooOld ? Quarantined(lines[0], Web with { MaxAge = TimeSpan.FromDays(730) })
            : example.Groups["kind"].Value == "csv"
            ? Quarantined(lines[1], new SourceDefinition { Name = "f", Entity = "e" }, Dialects.Csv, $$"""{"header":["{{lines[0].Replace(",", "\",\"")}}"]}""")
            : Quarantined(lines[0], dialect: lines[0].Contains("\"type\"") ? Dialects.Segment : Dialects.Weir);
        verdict.Reason.ShouldBe(reason);
    }

    [Fact]
    public void Every_reason_code_is_provoked_by_a_test()
    {
        var provoked = MalformedInputTests.Kinds().Concat(MalformedInputTests.CsvKinds()).Select(row => row.Data.Item3).ToHashSet();
        var names = string.Join(' ', typeof(ReasonPageTests).Assembly.GetTypes().SelectMany(t => t.GetMethods()).Where(m => m.GetCustomAttribute<FactAttribute>() is not null).Select(m => m.Name));
        QuarantineReasons.All.Where(r => !provoked.Contains(r) && !names.Contains(r, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    [Fact]
    public void No_page_is_about_a_reason_that_does_not_exist() =>
        Directory.GetFiles(Pages, "*.md").Select(Path.GetFileNameWithoutExtension).Where(n => !n!.StartsWith("WEIR")).Order().ShouldBe(QuarantineReasons.All.Order());

    [Theory]
    [InlineData("Weir.Connect", "WEIR4")]
    [InlineData("Weir.Land/Evaluate", "WEIR5")]
    public void Every_error_code_has_a_page_and_a_test(string folder, string prefix)
    {
        var codes = Texts(Path.Combine(Repository.Root, "src", folder)).SelectMany(t => ErrorCode().Matches(t)).Select(m => m.Value).Where(c => c.StartsWith(prefix)).Distinct().ToList();
        codes.ShouldNotBeEmpty();
        var tests = string.Concat(Texts(Path.Combine(Repository.Root, "tests")));
        codes.Where(c => !File.Exists(Path.Combine(Pages, $"{c}.md"))).ShouldBeEmpty("without a page");
        codes.Where(c => !tests.Contains(c)).ShouldBeEmpty("without a test");
    }

    [Fact]
    public void The_event_model_page_names_every_column()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "collect", "event-model.md"));
        LakeTables.Events.Columns.Select(c => c.Name).Where(c => !page.Contains($"`{c}`")).ShouldBeEmpty();
    }

    private static IEnumerable<string> Texts(string folder) =>
        Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/") && !f.Contains("/bin/")).Select(f => File.ReadAllText(f));

    [GeneratedRegex("```(?<kind>json|csv)\n(?<text>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("WEIR[0-9]{4}")]
    private static partial Regex ErrorCode();
}
