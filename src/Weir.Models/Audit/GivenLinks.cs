using Weir.Models.Context;
using Weir.Models.Graph;
using Weir.Models.Project;

namespace Weir.Models.Audit;

/// <summary>Answers <c>ref()</c> and <c>source()</c> of a model in a unit test with the rows given for them, as CTEs.</summary>
internal sealed class GivenLinks(Node test, Node model, NodeGraph graph) : ILinks
{
    /// <summary>The inputs that the template named, with the node each stands for.</summary>
    public Dictionary<string, (UnitTestInput Given, Node Node)> Named { get; } = [];

    /// <summary>The rows that stand for the model's own table; null when the test gives none.</summary>
    public UnitTestInput? This => test.UnitTest!.Given.FirstOrDefault(given => given.Input.Trim() == "this");

    public object Ref(string? package, string name) => Answer(
        $"ref('{name}')", parent => parent.IsReferable && parent.Name == name && (package is null || parent.Package == package), text => Parts(text, "ref") is [.., var last] && last == name);

    public object Source(string source, string table) => Answer(
        $"source('{source}', '{table}')", parent => parent.IsSource && parent.Fqn[^2] == source && parent.Name == table, text => Parts(text, "source") is [var first, var second] && first == source && second == table);

    public static string CteOf(Node node) => "__dbt__cte__" + node.Name;

    private RelationValue Answer(string what, Func<Node, bool> isInput, Func<string, bool> isGiven)
    {
        var node = model.DependsOn.Select(id => graph[id]).FirstOrDefault(isInput)
            ?? throw Refuse.With("WEIR7024", $"{what} was not seen when the project was read.");
        var given = test.UnitTest!.Given.FirstOrDefault(given => isGiven(given.Input))
            ?? throw Refuse.With("WEIR7077", $"the unit test '{test.Name}' gives no rows for {what}, which {model.Name} reads. Add `- {{input: {what}, rows: []}}` under 'given'.");
        Named[CteOf(node)] = (given, node);
        return new RelationValue(null, null, null, "cte", CteOf(node));
    }

    /// <summary>The names in <c>ref('a', 'b')</c>; empty when the text is another call.</summary>
    private static string[] Parts(string text, string function)
    {
        text = text.Trim();
        return text.StartsWith(function + "(", StringComparison.Ordinal) && text.EndsWith(')') ? [.. text[(function.Length + 1)..^1].Split(',').Select(part => part.Trim().Trim('\'', '"'))] : [];
    }
}
