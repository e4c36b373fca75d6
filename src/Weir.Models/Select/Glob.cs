using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Weir.Models.Select;

/// <summary>Shell patterns as Python's <c>fnmatch</c> has them: <c>*</c>, <c>?</c>, <c>[ab]</c>, <c>[!a]</c>; <c>*</c> also matches separators.</summary>
internal static class Glob
{
    private static readonly ConcurrentDictionary<string, Regex> Patterns = [];

    public static bool IsPattern(string text) => text.AsSpan().IndexOfAny("*?[]") >= 0;

    public static bool Matches(string text, string pattern) =>
        text == pattern || (IsPattern(pattern) && Patterns.GetOrAdd(pattern, Of).IsMatch(text));

    private static Regex Of(string pattern)
    {
        var result = new StringBuilder(@"\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            var end = pattern[i] == '[' ? pattern.IndexOf(']', Math.Min(i + 2, pattern.Length)) : -1;
            if (pattern[i] == '*')
                result.Append(".*");
            else if (pattern[i] == '?')
                result.Append('.');
            else if (end > 0)
            {
                var inside = pattern[(i + 1)..end].Replace(@"\", @"\\", StringComparison.Ordinal);
                result.Append('[').Append(inside.StartsWith('!') ? "^" + inside[1..] : inside).Append(']');
                i = end;
            }
            else
                result.Append(Regex.Escape(pattern[i].ToString()));
        }

        return new Regex(result.Append(@"\z").ToString(), RegexOptions.Singleline, TimeSpan.FromSeconds(1));
    }
}
