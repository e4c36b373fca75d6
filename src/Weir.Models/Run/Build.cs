using Weir.DuckDb;
using Weir.Models.Audit;
using Weir.Models.Context;
using Weir.Models.Graph;
using Weir.Models.Jinja;
using Weir.Models.Materialize;
using Weir.Models.Project;
using Weir.Models.Select;

namespace Weir.Models.Run;

/// <summary>One build: writes aside, audits, publishes.</summary>
internal sealed class Build
{
    private readonly LoadedProject project;
    private readonly BuildRequest request;
    private readonly Warehouse warehouse;
    private readonly IProgress<NodeProgress>? progress;
    private readonly TimeProvider clock;
    private readonly Compiler compiler;
    private readonly Dictionary<string, Outcome> outcomes = [];
    private readonly IReadOnlyDictionary<string, string> published;
    private readonly List<ModelProblem> warnings;

    public Build(LoadedProject project, BuildRequest request, DuckDBConnection connection, IProgress<NodeProgress>? progress, TimeProvider clock)
    {
        (this.project, this.request, this.progress, this.clock) = (project, request, progress, clock);
        warehouse = new Warehouse(connection);
        warnings = [.. project.Warnings];
        compiler = new Compiler(project, warehouse.Database, request.FullRefresh, IsAside, Log);
        published = warehouse.Relations();
    }

    private NodeGraph Graph => project.Graph;

    public async Task<BuildResult> RunAsync(CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        var nodes = Choose();
        warehouse.DropAside();
        try
        {
            var gate = new Gate(Graph, request.Command);
            var total = nodes.Count(node => !node.IsEphemeral);
            var number = 0;
            foreach (var node in nodes)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!node.IsEphemeral)
                    progress?.Report(new NodeProgress(node.UniqueId, ++number, total, null));
                var outcome = await TryAsync(node, gate, cancellation);
                gate.Note(node, outcome);
                if (node.IsEphemeral)
                    continue;
                outcomes[node.UniqueId] = outcome;
                progress?.Report(new NodeProgress(node.UniqueId, number, total, outcome.ToResult()));
            }

            var done = outcomes.Values.ToList();
            KeepBack();
            new Publisher(warehouse, Graph).Publish(done, request.LakeVersion, clock.GetUtcNow());
            return new BuildResult([.. done.Select(outcome => outcome.ToResult())], warnings, clock.GetElapsedTime(start));
        }
        finally
        {
            warehouse.DropAside();
        }
    }

    private List<Node> Choose()
    {
        var unmatched = new List<string>();
        var chosen = Selection.Choose(project, request, unmatched);
        warnings.AddRange(unmatched.Select(text => new ModelProblem("WEIR7018", ProjectFile.FileName, 0, $"the selector '{text}' matches nothing.")));
        return [.. Graph.InOrder().Where(node => chosen.Contains(node.UniqueId) && !node.IsSource)];
    }

    private async Task<Outcome> TryAsync(Node node, Gate gate, CancellationToken cancellation)
    {
        var outcome = new Outcome(node);
        if (gate.Blocked(node) is { } why)
        {
            (outcome.Status, outcome.Message) = (NodeStatus.Skipped, why);
            return outcome;
        }

        var start = clock.GetTimestamp();
        var compiled = "";
        try
        {
            if (node.ResourceType == "seed")
            {
                outcome.Made = await new SeedMaker(warehouse, project.Folder).MakeAsync(node, cancellation);
            }
            else if (node.IsTest)
            {
                compiled = compiler.Compile(node);
                var found = await TestRunner.RunAsync(node, compiled, warehouse, cancellation);
                (outcome.Status, outcome.Failures, outcome.Message) = (found.Status, found.Failures, found.Message);
            }
            else if (!node.IsEphemeral)
            {
                var incremental = IsIncremental(node);
                compiled = compiler.Compile(node, incremental);
                outcome.Made = await new ModelMaker(warehouse).MakeAsync(node, compiled, incremental, cancellation);
            }
        }
        catch (DuckDBException wrong)
        {
            cancellation.ThrowIfCancellationRequested(); // then it was interrupted, and is no fault of the node
            Fail(outcome, SqlErrorText.Of(wrong, node, compiled, node.IsTest ? TestRunner.LinesBefore : ModelMaker.LinesBefore));
        }
        catch (JinjaException wrong)
        {
            Fail(outcome, JinjaErrorText.Of(wrong, node));
        }
        catch (WeirException wrong)
        {
            Fail(outcome, $"{node.File}: {wrong.Code} {wrong.Message}");
        }

        outcome.Duration = clock.GetElapsedTime(start);
        return outcome;
    }

    private static void Fail(Outcome outcome, string message)
    {
        (outcome.Status, outcome.Message, outcome.Made) = (NodeStatus.Error, message, null);
    }

    /// <summary>Only onto a published table: a first run, a full refresh and the run that turns a view into a table build it whole.</summary>
    private bool IsIncremental(Node node) =>
        node.Materialized == "incremental"
        && published.GetValueOrDefault($"{node.Schema}.{node.Alias}") == "table"
        && !(node.Config.Flag("full_refresh", new Problems()) ?? request.FullRefresh);

    private bool IsAside(string id) => outcomes.TryGetValue(id, out var outcome) && outcome.Made is not null;

    private void KeepBack()
    {
        var held = HeldBack.Find(Graph, outcomes, node => published.GetValueOrDefault($"{node.Schema}.{node.Alias}") == "view");
        foreach (var (id, why) in held)
        {
            var outcome = outcomes[id];
            if (outcome.Status != NodeStatus.Success)
                continue;
            var stays = published.ContainsKey($"{outcome.Node.Schema}.{outcome.Node.Alias}") ? "the previous version stays" : "it is not published";
            (outcome.Status, outcome.Message) = (NodeStatus.Kept, $"{stays}: {why}");
        }
    }

    private void Log(string text) => warnings.Add(new ModelProblem("WEIR7018", ProjectFile.FileName, 0, text));
}
