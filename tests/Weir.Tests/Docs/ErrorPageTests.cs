using System.Text.RegularExpressions;
using Weir.Events;

namespace Weir.Tests.Docs;

/// <summary>Every code a person can meet has a page, is met by a test, and no page is about nothing.</summary>
public partial class ErrorPageTests
{
    private static readonly string Pages = Path.Combine(Repository.Root, "docs", "errors");

    /// <summary>Codes that a test cannot provoke without harming the machine it runs on; each with the reason.</summary>
    private static readonly Dictionary<string, string> NotProvoked = new()
    {
        ["WEIR1011"] = "needs a disk that is nearly full",
        ["WEIR1012"] = "the demo's own collector would have to fail under it",
        ["WEIR1013"] = "needs a program without its checkout",
        ["WEIR1900"] = "a build without Node.js; tried by hand with an empty PATH",
    };

    [Fact]
    public void Every_code_in_the_sources_has_a_page() => Codes("src", "*.cs").Concat(Codes("eng", "*.csproj")).Except(PageNames()).Order().ShouldBeEmpty();

    [Fact]
    public void Every_page_is_about_a_code_or_a_reason() =>
        PageNames().Except(Codes("src", "*.cs")).Except(Codes("eng", "*.csproj")).Except(QuarantineReasons.All).Except(["README"]).Order().ShouldBeEmpty();

    [Fact]
    public void Every_reason_has_a_page() => QuarantineReasons.All.Except(PageNames()).ShouldBeEmpty();

    [Fact]
    public void Every_code_is_named_by_a_test() =>
        Codes("src", "*.cs").Except(Codes("tests", "*.cs")).Except(NotProvoked.Keys).Order().ShouldBeEmpty();

    private static HashSet<string> PageNames() => [.. Directory.GetFiles(Pages, "*.md").Select(f => Path.GetFileNameWithoutExtension(f))];

    private static HashSet<string> Codes(string folder, string pattern) =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules") && Path.GetFileName(f) != "ErrorPageTests.cs")
            .SelectMany(f => CodePattern().Matches(File.ReadAllText(f)).Select(m => m.Value))];

    [GeneratedRegex(@"\bWEIR[1-9]\d{3}\b")]
    private static partial Regex CodePattern();
}
