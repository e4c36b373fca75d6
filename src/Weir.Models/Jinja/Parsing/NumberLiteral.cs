using System.Globalization;
using System.Text.RegularExpressions;

namespace Weir.Models.Jinja;

/// <summary>Numbers as written in a template: <c>1_000 0x1f 0o17 0b11 1.5 1e3</c>.</summary>
internal static partial class NumberLiteral
{
    public static object? Read(string text, int at, out int length)
    {
        var isAfterDot = at > 0 && text[at - 1] == '.';
        var match = isAfterDot ? Match.Empty : Float().Match(text, at);
        if (match.Success)
        {
            length = match.Length;
            return double.Parse(match.Value.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture);
        }
        match = Integer().Match(text, at);
        length = match.Length;
        Numbers.TryParseInteger(match.Value, 0, out var value);
        return value;
    }

    [GeneratedRegex(@"\G(?:[0-9]+_)*[0-9]+(?:(?:\.(?:[0-9]+_)*[0-9]+)?[eE][+\-]?(?:[0-9]+_)*[0-9]+|\.(?:[0-9]+_)*[0-9]+)")]
    private static partial Regex Float();

    [GeneratedRegex(@"\G(?:0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+|[1-9](?:_?[0-9])*|0(?:_?0)*)")]
    private static partial Regex Integer();
}
