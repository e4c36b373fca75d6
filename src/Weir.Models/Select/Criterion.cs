using System.Text.RegularExpressions;
using Weir.Models.Project;

namespace Weir.Models.Select;

/// <summary>One selector: <c>[@][N+]method[.argument]:value[+N]</c>.</summary>
/// <param name="Up">How many generations of ancestors; null for none.</param>
/// <param name="Down">How many generations of descendants; null for none.</param>
/// <param name="ChildrensParents"><c>@</c>: the descendants and all their ancestors.</param>
internal sealed partial record Criterion(string Method, IReadOnlyList<string> Arguments, string Value, int? Up, int? Down, bool ChildrensParents, string Text)
{
    public static readonly IReadOnlyList<string> Methods =
    [
        "fqn", "path", "file", "tag", "source", "exposure", "unit_test", "test_name", "test_type", "config", "resource_type", "package", "group", "access", "state", "result", "source_status", "version",
        "metric", "semantic_model", "saved_query",
    ];

    /// <exception cref="WeirException">WEIR7017: there is no such method.</exception>
    public static Criterion Parse(string text)
    {
        var match = Pattern().Match(text);
        var value = match.Groups["value"].Value;
        var method = match.Groups["method"].Success ? match.Groups["method"].Value : Default(value);
        return Of(
            method, value, match.Groups["up"].Success ? Depth(match.Groups["upto"].Value) : null, match.Groups["down"].Success ? Depth(match.Groups["downto"].Value) : null, match.Groups["at"].Success, text);
    }

    /// <exception cref="WeirException">WEIR7017: there is no such method, or the signs do not go together.</exception>
    public static Criterion Of(string method, string value, int? up, int? down, bool childrensParents, string text)
    {
        var parts = method.Split('.');
        if (!Methods.Contains(parts[0]))
            throw new WeirException("WEIR7017", $"'{parts[0]}:' in '{text}' is not a selector method.{Suggest.Near(parts[0], Methods)} There are: {string.Join(", ", Methods.Select(name => name + ":"))}.");
        if (childrensParents && down is not null)
            throw new WeirException("WEIR7017", $"'{text}' has both @ and a + behind it: @ takes the descendants already. Leave one out.");
        return new Criterion(parts[0], parts[1..], value, up, down, childrensParents, text);
    }

    private static string Default(string value) =>
        value.Contains('/') || value.Contains('\\') ? "path"
        : value.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) || value.EndsWith(".py", StringComparison.OrdinalIgnoreCase) || value.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? "file" : "fqn";

    private static int Depth(string text) => text.Length == 0 ? int.MaxValue : int.TryParse(text, out var depth) ? depth : int.MaxValue;

    [GeneratedRegex(@"\A(?<at>@)?(?<up>(?<upto>\d*)\+)?((?<method>[\w.]+):)?(?<value>.*?)(?<down>\+(?<downto>\d*))?\z", RegexOptions.Singleline)]
    private static partial Regex Pattern();
}
