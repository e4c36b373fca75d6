using Weir.Models.Graph;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary>Decides whether a node may be tried: not when something it reads failed, nor when a test upstream of it failed.</summary>
internal sealed class Gate(NodeGraph graph, BuildCommand command)
{
    private readonly Dictionary<string, string> failed = [];
    private readonly List<Node> failedTests = [];
    private readonly Dictionary<string, string> failedUnits = [];

    /// <summary>Why the node is skipped; null when it may be tried.</summary>
    public string? Blocked(Node node)
    {
        if (command == BuildCommand.Test)
            return null;
        if (failedUnits.TryGetValue(node.UniqueId, out var unit))
            return $"not built, because the unit test {unit} failed";
        foreach (var parent in node.IsUnitTest ? graph[node.DependsOn[0]].DependsOn : node.DependsOn)
        {
            if (failed.TryGetValue(parent, out var name))
                return $"not built, because {name} failed";
        }

        if (node.IsTest)
            return null;
        var ancestors = graph.Ancestors(node.UniqueId);
        var test = failedTests.Find(test => test.DependsOn.Count > 0 && test.DependsOn.All(ancestors.Contains));
        return test is null ? null : $"not built, because the test {test.Name} failed";
    }

    public void Note(Node node, Outcome outcome)
    {
        if (!outcome.Failed)
            return;
        if (node.IsUnitTest)
            failedUnits.TryAdd(node.DependsOn[0], node.Name);
        else if (!node.IsTest)
            failed[node.UniqueId] = outcome.Status == NodeStatus.Skipped ? Root(node) : node.Name;
        else if (outcome.Status is NodeStatus.Fail or NodeStatus.Error)
            failedTests.Add(node);
    }

    /// <summary>The first thing that went wrong above a skipped node: that is what a person must look at.</summary>
    private string Root(Node node) => node.DependsOn.Select(parent => failed.GetValueOrDefault(parent)).FirstOrDefault(name => name is not null) ?? node.Name;
}
