using System.Text.RegularExpressions;
using Weir.Models.Graph;
using Weir.Models.Project;

namespace Weir.Models.Select;

/// <summary>
/// Chooses nodes as dbt does: <c>[N+]method:value[+N]</c>, a space between two is their union, a comma their intersection. Methods: a name or
/// fqn, <c>tag:</c>, <c>path:</c>, <c>source:</c>, <c>resource_type:</c>, <c>test_type:</c>, <c>test_name:</c>.
/// </summary>
internal sealed partial class Selector(NodeGraph graph, string projectName)
{
    private static readonly string[] Methods = ["fqn", "tag", "path", "source", "resource_type", "test_type", "test_name"];

    private static readonly string[] NotYet =
        ["file", "exposure", "unit_test", "config", "package", "group", "access", "state", "result", "source_status", "version", "metric", "semantic_model", "saved_query"];

    /// <summary>The chosen ids. Tests come with the nodes they read; <paramref name="unmatched"/> gets the selectors that match nothing.</summary>
    public IReadOnlySet<string> Choose(IReadOnlyList<string> select, IReadOnlyList<string> exclude, ICollection<string> unmatched)
    {
        var chosen = select.Count == 0 ? graph.Nodes.Select(node => node.UniqueId).ToHashSet() : WithTests(Union(select, unmatched));
        chosen.ExceptWith(WithTests(Union(exclude, unmatched)));
        return chosen;
    }

    private HashSet<string> Union(IReadOnlyList<string> expressions, ICollection<string> unmatched)
    {
        var all = new HashSet<string>();
        foreach (var expression in expressions.SelectMany(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            HashSet<string>? both = null;
            foreach (var part in expression.Split(','))
            {
                var matched = Match(part);
                if (expression.Contains(','))
                    matched = WithTests(matched);
                both = both is null ? matched : [.. both.Intersect(matched)];
            }

            if (both!.Count == 0)
                unmatched.Add(expression);
            all.UnionWith(both);
        }

        return all;
    }

    private HashSet<string> Match(string part)
    {
        var match = Pattern().Match(part);
        var (up, method, value, down) = (match.Groups["up"], match.Groups["method"].Value, match.Groups["value"].Value, match.Groups["down"]);
        if (!match.Success || value.Length == 0)
            throw new WeirException("WEIR7017", $"'{part}' is not a selector. Write a name (`orders`), its parents too (`+orders`), its children too (`orders+`), `tag:daily` or `path:models/staging`.");
        if (method.Length > 0 && !Methods.Contains(method))
        {
            throw new WeirException("WEIR7017", NotYet.Contains(method.Split('.')[0])
                ? $"the selector method '{method}:' is dbt's, but Weir does not have it yet. It has: {string.Join(", ", Methods.Select(name => name + ":"))}."
                : $"'{method}:' in '{part}' is not a selector method.{Suggest.Near(method, Methods)} There are: {string.Join(", ", Methods.Select(name => name + ":"))}.");
        }

        var found = graph.Nodes.Where(node => Matches(node, method, value)).Select(node => node.UniqueId).ToHashSet();
        foreach (var id in found.ToList())
        {
            if (up.Success)
                found.UnionWith(graph.Ancestors(id, Depth(match.Groups["upto"].Value)));
            if (down.Success)
                found.UnionWith(graph.Descendants(id, Depth(match.Groups["downto"].Value)));
        }

        return found;
    }

    private static int Depth(string text) => text.Length == 0 ? int.MaxValue : int.Parse(text);

    private bool Matches(Node node, string method, string value) => method switch
    {
        "" when value.Contains('/') => InPath(node, value),
        "path" => InPath(node, value),
        "" when value.EndsWith(".sql", StringComparison.Ordinal) || value.EndsWith(".csv", StringComparison.Ordinal) => Like(node.File.Split('/')[^1], value),
        "" or "fqn" => !node.IsSource && InFqn(node.Fqn, value),
        "tag" => node.Config.Tags.Any(tag => Like(tag, value)),
        "source" => node.IsSource && InSource(node.Fqn, value),
        "resource_type" => node.ResourceType == value,
        "test_name" => node.GenericTest is { } test && Like(test.Test, value),
        "test_type" => node.IsTest && value switch { "generic" => node.GenericTest is not null, "singular" => node.GenericTest is null, "data" => true, _ => false },
        _ => false,
    };

    private static bool InPath(Node node, string value)
    {
        var path = value.TrimEnd('/');
        return Like(node.File, path) || Like(node.File, path + "/*");
    }

    /// <summary>The last part; or, with wildcards, the whole fqn with or without the project; else a prefix of either at dots.</summary>
    private bool InFqn(IReadOnlyList<string> fqn, string value)
    {
        var inside = fqn[0] == projectName ? [.. fqn.Skip(1)] : fqn;
        if (Like(fqn[^1], value))
            return true;
        if (value.AsSpan().IndexOfAny("*?[") >= 0)
            return Like(string.Join('.', fqn), value) || Like(string.Join('.', inside), value);
        var wanted = value.Split('.');
        return Prefix(fqn, wanted) || Prefix(inside, wanted);
    }

    private bool InSource(IReadOnlyList<string> fqn, string value)
    {
        var wanted = value.Split('.');
        var ending = new List<string> { fqn[^2], fqn[^1] };
        return Prefix(ending, wanted) || (wanted.Length == 3 && wanted[0] == projectName && Prefix(ending, wanted[1..]));
    }

    private static bool Prefix(IReadOnlyList<string> parts, string[] wanted) =>
        wanted.Length <= parts.Count && wanted.Zip(parts).All(pair => Like(pair.Second, pair.First));

    /// <summary>Tests come along with any node they read.</summary>
    private HashSet<string> WithTests(HashSet<string> chosen) =>
        [.. chosen, .. graph.Nodes.Where(node => node.IsTest && node.DependsOn.Any(chosen.Contains)).Select(node => node.UniqueId)];

    private static bool Like(string text, string pattern) =>
        text == pattern || (pattern.AsSpan().IndexOfAny("*?[") >= 0
            && Regex.IsMatch(text, "^" + Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal).Replace(@"\[", "[", StringComparison.Ordinal) + "$"));

    [GeneratedRegex(@"^(?<up>(?<upto>\d*)\+)?((?<method>[a-z_.]+):)?(?<value>[^+@]*)(?<down>\+(?<downto>\d*))?$")]
    private static partial Regex Pattern();
}
