using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Weir.Models;

namespace Weir.Tests.Models;

public class SampleTests
{
    [Theory]
    [InlineData("shop")]
    [InlineData("online-retail")]
    public void The_samples_have_no_mistakes_and_no_warnings(string sample)
    {
        var project = ModelProject.Load(Path.Combine(Root(), "samples", sample));
        project.Warnings.ShouldBeEmpty();
        project.Nodes.ShouldContain(node => node.ResourceType == "model");
    }

    [Fact]
    public void Every_error_code_of_models_has_a_page()
    {
        var codes = Directory.EnumerateFiles(Path.Combine(Root(), "src", "Weir.Models"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"""WEIR7\d\d\d""").Select(match => match.Value.Trim('"'))).Distinct().ToList();
        codes.ShouldNotBeEmpty();
        codes.Where(code => !File.Exists(Path.Combine(Root(), "docs", "errors", code + ".md"))).ShouldBeEmpty();
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
