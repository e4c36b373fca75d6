using System.Text.RegularExpressions;

namespace Weir.Models.Context;

/// <summary>Finds places in the text of a file.</summary>
internal static class FilePlaces
{
    /// <summary>The line (from 1) of a setting inside a <c>config()</c> call; 1 when it is not written there literally.</summary>
    public static int LineOfSetting(string text, string key) => LineOf(text, $@"\bconfig\s*\([^)]*?(?<at>\b{Regex.Escape(key)}\b)");

    /// <summary>The line of the call that names a node; 1 when it is not written literally.</summary>
    public static int LineOfRef(string text, string name) => LineOf(text, $@"\bref\s*\([^)]*?(?<at>['""]{Regex.Escape(name)}['""])");

    private static int LineOf(string text, string pattern)
    {
        var match = Regex.Match(text, pattern, RegexOptions.Singleline);
        return match.Success ? 1 + text.AsSpan(0, match.Groups["at"].Index).Count('\n') : 1;
    }
}
