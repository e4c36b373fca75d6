using System.Text.RegularExpressions;

namespace Weir.Models.Project;

/// <summary>The version of dbt whose behaviour Weir has.</summary>
internal static partial class DbtVersion
{
    public const string Text = "1.11.16";

    /// <summary>Whether a comparison such as <c>&gt;=1.8.0</c> or <c>&lt;2.0.0</c> holds; null when it is none.</summary>
    public static bool? Satisfies(string comparison)
    {
        var match = Pattern().Match(comparison.Trim());
        if (!match.Success)
            return null;
        var order = Version.Parse(Text).CompareTo(Version.Parse(match.Groups["version"].Value));
        return match.Groups["sign"].Value switch
        {
            ">=" => order >= 0,
            "<=" => order <= 0,
            ">" => order > 0,
            "<" => order < 0,
            _ => order == 0,
        };
    }

    [GeneratedRegex(@"^(?<sign>>=|<=|>|<|=|==)?\s*(?<version>\d+\.\d+\.\d+)([-.]?(a|b|rc|dev)[-.]?\d*)?$")]
    private static partial Regex Pattern();
}
