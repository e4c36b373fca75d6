using System.Text.RegularExpressions;

namespace Weir.Tests.Kafka;

public class DocumentationTests
{
    [Fact]
    public void Every_invariant_of_the_format_is_named_by_a_test()
    {
        var invariants = Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "formats", "kafka.md")), @"\*\*(K\d+)\*\*").Select(m => m.Groups[1].Value).ToList();
        invariants.Count.ShouldBe(11);
        var tests = Directory.GetFiles(Path.Combine(Repository.Root, "tests", "Weir.Tests", "Kafka"), "*.cs").Select(File.ReadAllText).ToList();
        foreach (var name in invariants) tests.ShouldContain(t => Regex.IsMatch(t, $@"// .*\b{name}\b"), name);
    }
}
