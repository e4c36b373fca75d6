using System.Text.RegularExpressions;
using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary>Jinja's own words for an error, and what to do about it where they leave that open.</summary>
internal static partial class TemplateAdvice
{
    public static string Tell(JinjaException wrong)
    {
        var advice = wrong.Advice ?? (wrong.Kind == JinjaErrorKind.Syntax ? OfSyntax(wrong.Message) : null);
        return advice is null ? wrong.Message : $"{wrong.Message}{(wrong.Message.EndsWith('.') ? "" : ".")} {advice}";
    }

    private static string? OfSyntax(string message)
    {
        if (message.StartsWith("Missing end of comment", StringComparison.Ordinal))
            return "Close it with `#}`.";
        if (message.StartsWith("Encountered unknown tag", StringComparison.Ordinal))
            return "Look for a misspelt tag, or a block that another one's end closes.";
        if (Open().Match(message) is { Success: true } open)
            return $"Write `{{% end{open.Groups["block"].Value} %}}` where it ends.";
        return Bracket().IsMatch(message) ? "Close `{{` with `}}`, `{%` with `%}`, and each bracket with its own kind." : null;
    }

    [GeneratedRegex(@"^Unexpected end of template.*needs to be closed is '(?<block>\w+)'")]
    private static partial Regex Open();

    [GeneratedRegex(@"unexpected '[\])}]'|expected '[\])}]'|expected token|unexpected end")]
    private static partial Regex Bracket();
}
