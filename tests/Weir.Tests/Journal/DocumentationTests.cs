using System.Text.RegularExpressions;

namespace Weir.Tests.Journal;

public class DocumentationTests
{
    private static string Root { get; } = FindRoot();

    [Fact]
    public void Every_invariant_of_the_format_is_named_by_a_test()
    {
        var invariants = Regex.Matches(File.ReadAllText(Path.Combine(Root, "docs", "formats", "journal.md")), @"\*\*(J\d+)\*\*").Select(m => m.Groups[1].Value).ToList();
        invariants.Count.ShouldBeGreaterThan(10);
        foreach (var name in invariants) Tests("Journal").ShouldContain(t => Regex.IsMatch(t, $@"// .*\b{name}\b"), name);
    }

    [Theory]
    [InlineData("WEIR2", "Weir.Journal", "Journal")]
    [InlineData("WEIR3", "Weir.Collect", "Collect")]
    public void Every_code_has_a_page_and_a_test(string prefix, string project, string tests)
    {
        var sources = Directory.GetFiles(Path.Combine(Root, "src", project), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal));
        var codes = sources.SelectMany(f => Regex.Matches(File.ReadAllText(f), $@"new\(""({prefix}\d\d\d)""").Select(m => m.Groups[1].Value)).Distinct().ToList();
        codes.ShouldNotBeEmpty();
        foreach (var code in codes)
        {
            File.Exists(Path.Combine(Root, "docs", "errors", $"{code}.md")).ShouldBeTrue(code);
            Tests(tests).ShouldContain(t => t.Contains(code, StringComparison.Ordinal), code);
        }
    }

    private static IEnumerable<string> Tests(string folder) =>
        Directory.GetFiles(Path.Combine(Root, "tests", "Weir.Tests", folder), "*.cs").Select(File.ReadAllText);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Weir.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
