using System.Text.RegularExpressions;
using Weir.Land.Contracts.Schemas;

namespace Weir.Tests.Land.Contracts;

/// <summary>Patterns as ECMA-262 has them (with its flag u), which .NET's differ from.</summary>
public class PatternTests
{
    [Theory]
    [InlineData("^a$", "a\n", false)] // .NET's $ matches before a last line feed
    [InlineData(@"^\d$", "\u0967", false)] // .NET's \d takes every script's digits
    [InlineData(@"^\w$", "é", false)]
    [InlineData(@"^\W$", "é", true)]
    [InlineData(@"^\s$", "\u00a0", true)]
    [InlineData(@"^\s$", "\ufeff", true)]
    [InlineData(@"^\S$", "\u2028", false)]
    [InlineData("^a.b$", "a\rb", false)] // .NET's . leaves out the line feed only
    [InlineData("^.$", "💩", true)] // one character, two code units
    [InlineData("^..$", "💩", false)]
    [InlineData("^[^x]{2}$", "a💩", true)]
    [InlineData(@"^\p{L}+$", "Çédille", true)]
    [InlineData(@"^\p{Lu}$", "a", false)]
    [InlineData(@"^[\p{L} '-]+$", "Anna O'Neill-Ş", true)]
    [InlineData(@"^\u0041\x42\t\/\-$", "AB\t/-", true)]
    [InlineData("^(?<year>[0-9]{4})$", "2024", true)]
    [InlineData("^(?:a|b)+?$", "abab", true)]
    [InlineData("#", "#", true)]
    [InlineData("^[[]$", "[", true)]
    [InlineData("^[a-]$", "-", true)]
    [InlineData("", "anything", true)]
    public void A_pattern_matches_as_in_ECMA_262(string pattern, string text, bool matches) => EcmaPattern.Compile(pattern).IsMatch(text).ShouldBe(matches);

    [Theory]
    [InlineData("(?=a)")]
    [InlineData("(?!a)")]
    [InlineData("(?<=a)")]
    [InlineData("(?i)a")]
    [InlineData(@"(a)\1")]
    [InlineData(@"\bword")]
    [InlineData(@"\Aa")]
    [InlineData(@"\a")]
    [InlineData(@"[\D]")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("a{")]
    [InlineData("a**")]
    [InlineData("[a")]
    [InlineData("[b-a]")]
    [InlineData("[💩]")]
    [InlineData(@"\p{Script=Greek}")]
    [InlineData("(a{100}){100}")]
    [InlineData("a{1001}")]
    [InlineData(@"a\")]
    public void What_cannot_be_said_in_linear_time_or_is_no_pattern_is_refused(string pattern) => Should.Throw<FormatException>(() => EcmaPattern.Compile(pattern));

    [Fact]
    public void A_pattern_takes_linear_time_on_the_text_that_ruins_others()
    {
        var pattern = EcmaPattern.Compile("^(a+)+$");
        pattern.Options.HasFlag(RegexOptions.NonBacktracking).ShouldBeTrue();
        pattern.IsMatch(new string('a', 100_000) + "!").ShouldBeFalse();
    }
}
