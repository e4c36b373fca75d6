using Weir.Models;
using Weir.Output;
using Weir.Roles;

namespace Weir.Commands.Models;

/// <summary>Tells what became of a build.</summary>
internal static class BuildOutput
{
    public static IProgress<NodeProgress> Progress(Action<double, string> report) =>
        new Landing.Direct<NodeProgress>(p => report((double)(p.Number - 1) / p.Total, p.UniqueId.Split('.')[2]));

    public static void Print(BuildResult build, OutputFormat format, bool explain = false)
    {
        if (build.Nodes.Count == 0 && format == OutputFormat.Table) return;
        if (explain)
        {
            // Every model that was made, with what was made of it; views hold no rows.
            var made = build.Nodes.Where(n => n.ResourceType is not ("test" or "unit_test") && (n.Restated.Length > 0 || n.Status != NodeStatus.Success));
            new Rows(["node", "status", "restated", "seconds"], [.. made.Select(n => (IReadOnlyList<object?>)
                [n.Relation ?? n.UniqueId, Status(n.Status), n.Status == NodeStatus.Success ? n.Restated : n.Message.Split('\n')[0], Math.Round(n.Duration.TotalSeconds, 2)])])
                .Write(CommandOutput.Out, format);
            return;
        }

        // A table of what people look for: the models and whatever did not go well. The other formats give every node.
        var shown = build.Nodes.Where(n => format != OutputFormat.Table || n.ResourceType != "test" || n.Status != NodeStatus.Pass);
        new Rows(["node", "type", "status", "rows", "seconds", "message"], [.. shown.Select(n => (IReadOnlyList<object?>)
            [n.Relation ?? n.UniqueId, n.ResourceType, Status(n.Status), (object?)(n.Rows ?? n.Failures) ?? (format == OutputFormat.Table ? "" : null), Math.Round(n.Duration.TotalSeconds, 2), format == OutputFormat.Table ? n.Message.Split('\n')[0] : n.Message])])
            .Write(CommandOutput.Out, format);
    }

    /// <summary>Shows the SQL of a single node (tests that came with it aside), and says where that of many lies.</summary>
    public static int TellCompiled(BuildResult build, string target)
    {
        var compiled = build.Nodes.Where(n => n is { Status: NodeStatus.Success, Sql: not null }).ToList();
        var shown = compiled.Count == 1 ? compiled : compiled.FindAll(n => n.ResourceType != "test");
        if (shown is [var only]) CommandOutput.Out.WriteLine(only.Sql!.Trim());
        foreach (var failed in build.Nodes.Where(n => n.Status == NodeStatus.Error)) People.Bad($"{failed.UniqueId}: {failed.Message}");
        TellWarnings(build);
        People.Say($"The SQL of {compiled.Count:N0} node{(compiled.Count == 1 ? "" : "s")} is in {Path.Combine(target, "compiled")}");
        return build.ExitCode == 0 ? ExitCodes.Ok : ExitCodes.BuildFailed;
    }

    private static string Status(NodeStatus status) => status == NodeStatus.PartialSuccess ? "partial success" : status.ToString().ToLowerInvariant();

    private static void TellWarnings(BuildResult build)
    {
        foreach (var warning in build.Warnings)
        {
            if (warning.Code.Length > 0) People.Warn(warning.ToString());
            else People.Say(warning.Message);
        }
    }

    /// <summary>Says in a sentence how a build went; its exit code.</summary>
    public static int Tell(BuildResult build)
    {
        foreach (var failed in build.Nodes.Where(n => n.Status is NodeStatus.Error or NodeStatus.Fail or NodeStatus.PartialSuccess)) People.Bad($"{failed.UniqueId}: {failed.Message}");
        TellWarnings(build);
        int Count(params NodeStatus[] statuses) => build.Nodes.Count(n => statuses.Contains(n.Status));
        var models = build.Nodes.Count(n => n.ResourceType != "test" && n.Status == NodeStatus.Success);
        if (build.Nodes.Count == 0)
        {
            People.Say("Nothing was chosen, and nothing is changed");
            return ExitCodes.Ok;
        }

        var text = $"{models:N0} model{(models == 1 ? "" : "s")} published, {Count(NodeStatus.Pass):N0} checks pass in {build.Duration.TotalSeconds:N1} s";
        if (Count(NodeStatus.Warn) is var warned and > 0) text += $", {warned:N0} warn";
        if (build.ExitCode == 0) People.Good(text);
        else People.Bad($"{text}, {Count(NodeStatus.Error, NodeStatus.Fail, NodeStatus.PartialSuccess):N0} failed, {Count(NodeStatus.Skipped, NodeStatus.Kept):N0} not done or kept back");
        return build.ExitCode == 0 ? ExitCodes.Ok : ExitCodes.BuildFailed;
    }
}
