using System.Text.RegularExpressions;

namespace Weir.Tests.Docs;

public partial class LinkTests
{
    [Fact]
    public void Every_relative_link_of_the_documents_leads_somewhere()
    {
        var broken = from file in Documents()
                     from Match link in LinkPattern().Matches(File.ReadAllText(file))
                     let target = link.Groups[1].Value.Split('#')[0]
                     where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
                     where !Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, target))
                     select $"{Path.GetRelativePath(Repository.Root, file)}: {target}";
        broken.ShouldBeEmpty();
    }

    [Fact]
    public void Every_numbered_invariant_of_a_format_is_named_by_a_test()
    {
        var tests = string.Join('\n', Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var unnamed = from file in Directory.GetFiles(Path.Combine(Repository.Root, "docs", "formats"), "*.md")
                      from Match invariant in InvariantPattern().Matches(File.ReadAllText(file))
                      let name = invariant.Groups[1].Value
                      where !Regex.IsMatch(tests, $@"\b{name}\b")
                      select $"{Path.GetFileName(file)}: {name}";
        unnamed.Distinct().ShouldBeEmpty();
    }

    private static IEnumerable<string> Documents() =>
        Directory.GetFiles(Repository.Root, "*.md").Concat(Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "samples"), "*.md", SearchOption.AllDirectories).Where(f => !f.Contains(".weir", StringComparison.Ordinal)));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex LinkPattern();

    // **J7** or | J7 | or - J7: at the beginning of a line or a cell
    [GeneratedRegex(@"^[\s|*\-]*\**([A-Z]\d{1,2})\b", RegexOptions.Multiline)]
    private static partial Regex InvariantPattern();
}
