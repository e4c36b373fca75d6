using System.Text.RegularExpressions;
using Weir.Models.Context;

namespace Weir.Models.Artifacts;

/// <summary>
/// The macros of dbt itself that tests and incremental models lean on, as dbt's manifest has them: dbt counts a node as modified when a macro below it is not in the older manifest with
/// the same text. Models that use other macros of dbt (<c>dbt.date_trunc</c>) count as modified there.
/// </summary>
internal static partial class DbtMacros
{
    /// <summary>By id: <c>macro.dbt.is_incremental</c>.</summary>
    public static IReadOnlyDictionary<string, string> Texts { get; } = Read();

    /// <summary>The ids of those that a text calls.</summary>
    public static IReadOnlyList<string> CalledIn(string text) =>
        [.. Call().Matches(text).Select(call => call.Groups["dispatch"].Success ? $"macro.dbt.default__{call.Groups["dispatch"].Value}" : $"macro.dbt.{call.Groups["name"].Value}").Where(Texts.ContainsKey).Distinct()];

    private static Dictionary<string, string> Read() =>
        Block().Matches(BuiltInMacros.Text(BuiltInMacros.Tests) + BuiltInMacros.Text("DbtMacros.sql")).ToDictionary(block => $"macro.dbt.{(block.Groups["kind"].Value == "test" ? "test_" : "")}{block.Groups["name"].Value}", block => block.Value);

    [GeneratedRegex(@"\{% (?<kind>macro|test) (?<name>\w+)\(.*?\{%-? end\k<kind> %\}", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"dispatch\('(?<dispatch>\w+)'|(?<!(macro|test) )\b(?<name>\w+)\s*\(")]
    private static partial Regex Call();
}
