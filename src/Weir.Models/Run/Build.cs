using Weir.DuckDb;
using Weir.Models.Artifacts;
using Weir.Models.Audit;
using Weir.Models.Context;
using Weir.Models.Graph;
using Weir.Models.Materialize;
using Weir.Models.Materialize.Changes;
using Weir.Models.Project;
using Weir.Models.Select;

namespace Weir.Models.Run;

/// <summary>One build: writes aside, audits, publishes; or, as dbt does, publishes each node as it is made.</summary>
internal sealed class Build
{
    private const string FailFast = "Skipping due to fail_fast";

    private readonly LoadedProject project;
    private readonly BuildRequest request;
    private readonly Warehouse warehouse;
    private readonly IProgress<NodeProgress>? progress;
    private readonly TimeProvider clock;
    private readonly Invocation invocation;
    private readonly Compiler compiler;
    private readonly Deferral? deferral;
    private IReadOnlySet<string> chosen = new HashSet<string>();
    private readonly BuildState state;
    private readonly List<ModelProblem> warnings;
    private readonly Lock gate = new();

    public Build(LoadedProject project, BuildRequest request, DuckDBConnection connection, IProgress<NodeProgress>? progress, TimeProvider clock)
    {
        (this.project, this.request, this.progress, this.clock) = (project, request, progress, clock);
        warehouse = new Warehouse(connection);
        warnings = [.. project.Warnings];
        state = new BuildState(request, warehouse.Relations(), ChangeLog.Load(warehouse), RecordedVars.Load(warehouse));
        invocation = new Invocation(project.Command, text => Note("WEIR7018", text), clock) { Print = text => Note("", text), FullRefresh = request.FullRefresh, StoreFailures = request.StoreFailures, WarnError = request.WarnError, Empty = request.Empty };
        deferral = Deferral.Of(request);
        compiler = new Compiler(project, connection, invocation, state.IsAside, node => chosen.Contains(node.UniqueId) || state.Published(node) is not null ? null : deferral?.Find(node));
    }

    private NodeGraph Graph => project.Graph;

    public async Task<BuildResult> RunAsync(CancellationToken cancellation)
    {
        if (request.EventTimeStart is null != request.EventTimeEnd is null)
            throw new WeirException("WEIR7076", "--event-time-start and --event-time-end stand only together: a range without one of its ends would be another one each day.");
        var start = clock.GetTimestamp();
        var target = request.TargetFolder is null ? null : new TargetFolder(project, request.TargetFolder, warehouse.Database);
        target?.WriteManifest(clock.GetUtcNow(), request.StoreFailures);
        var nodes = Choose();
        warehouse.DropAside();
        try
        {
            if (request.Command != BuildCommand.Compile)
                MakeSchemas(nodes);
            if (!state.IsTogether)
                ChangeLog.Forget(warehouse);
            var hooks = new RunHooks(project, compiler, warehouse, clock, wanted: request.Command != BuildCommand.Compile);
            var before = hooks.Run("on-run-start", new Dictionary<string, object?>());
            if (before.Exists(result => result.Status == NodeStatus.Error))
                return new BuildResult(before, warnings, clock.GetElapsedTime(start));
            await MakeAsync(nodes, cancellation);
            var done = nodes.Select(node => state.Outcomes[node.UniqueId]).Where(outcome => !outcome.Node.IsEphemeral || outcome.Message == FailFast || (request.Command == BuildCommand.Compile && request.Select.Count > 0)).ToList();
            if (state.IsTogether && request.Command != BuildCommand.Compile)
                Publish(done);
            var results = done.ConvertAll(outcome => outcome.ToResult());
            var after = hooks.Run("on-run-end", new Dictionary<string, object?>
            {
                ["results"] = results.ConvertAll(ResultValue),
                ["schemas"] = nodes.Where(node => node.HasRelation).Select(node => node.Schema).Distinct().Order(StringComparer.Ordinal).Cast<object?>().ToList(),
                ["database_schemas"] = nodes.Where(node => node.HasRelation).Select(node => node.Schema).Distinct().Order(StringComparer.Ordinal).Select(schema => (object?)new List<object?> { warehouse.Database, schema }).ToList(),
            });
            if (target is not null)
                WriteArtifacts(target, nodes, done, hooks, [.. before, .. after], clock.GetElapsedTime(start));
            return new BuildResult([.. before, .. results, .. after], warnings, clock.GetElapsedTime(start));
        }
        finally
        {
            warehouse.DropAside();
            compiler.Close();
        }
    }

    /// <summary>A result as a template of on-run-end sees it.</summary>
    private object? ResultValue(NodeResult result) => new Dictionary<string, object?>
    {
        ["status"] = result.Status.ToString().ToLowerInvariant(),
        ["message"] = result.Message,
        ["failures"] = result.Failures,
        ["execution_time"] = result.Duration.TotalSeconds,
        ["node"] = NodeScope.Describe(Graph[result.UniqueId]),
    };

    private List<Node> Choose()
    {
        var unmatched = new List<string>();
        chosen = Selection.Choose(project, request, unmatched);
        warnings.AddRange(unmatched.Select(text => new ModelProblem("WEIR7018", "", 0, $"the selector '{text}' matches nothing.")));
        invocation.Selected.AddRange(chosen.Order(StringComparer.Ordinal));
        return [.. Graph.InOrder().Where(node => chosen.Contains(node.UniqueId) && !node.IsSource && (node.ResourceType != "analysis" || request.Command == BuildCommand.Compile))];
    }

    /// <summary>Ephemeral models run nowhere of their own: their SQL is compiled for those who look at it.</summary>
    private void WriteArtifacts(TargetFolder target, IEnumerable<Node> nodes, IReadOnlyList<Outcome> done, RunHooks hooks, IReadOnlyList<NodeResult> operations, TimeSpan elapsed)
    {
        var read = done.Where(outcome => outcome.Compiled is not null).SelectMany(outcome => Ephemerals(outcome.Node));
        foreach (var node in nodes.Where(node => node.IsEphemeral).Concat(read).Distinct().Where(node => node.Deferred is null))
            target.WriteCompiled(node, compiler.Compile(node, new CompileFor { Empty = request.Empty }));
        foreach (var (hook, sql) in hooks.Compiled)
            target.WriteCompiled(hook, sql);
        target.WriteResults(request, invocation, done, operations, clock.GetUtcNow(), elapsed);
    }

    private IEnumerable<Node> Ephemerals(Node node) =>
        node.DependsOn.Select(id => Graph[id]).Where(parent => parent.IsEphemeral).SelectMany(parent => Ephemerals(parent).Append(parent));

    /// <summary>All of them first: two connections that make one schema at the same time are in each other's way.</summary>
    private void MakeSchemas(IEnumerable<Node> nodes)
    {
        foreach (var schema in nodes.Where(node => node.HasRelation || (node.IsTest && FailureStore.KindOf(node, request.StoreFailures) is not null)).Select(node => node.Schema).Distinct())
            warehouse.Execute($"create schema if not exists {RelationValue.Quoted(schema)}");
    }

    private async Task MakeAsync(List<Node> nodes, CancellationToken cancellation)
    {
        var gatekeeper = new Gate(Graph, request.Command);
        var runner = new NodeRunner(project, request, compiler, state, clock);
        var total = nodes.Count(node => !node.IsEphemeral);
        var (number, stopped) = (0, false);
        var threads = Math.Clamp(project.Target.Threads, 1, Math.Max(total, 1));
        var workers = Enumerable.Range(0, threads).Select(i => i == 0 ? warehouse : warehouse.Fork()).ToArray();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            await new Schedule(Graph, nodes, request.Command == BuildCommand.Build).RunAsync(threads, Start, Done);
        }
        catch
        {
            await stop.CancelAsync(); // what still runs is not wanted any more
            throw;
        }
        finally
        {
            foreach (var worker in workers.Skip(1))
                worker.Close();
        }

        Task<Outcome> Start(Node node, int worker)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!node.IsEphemeral)
                progress?.Report(new NodeProgress(node.UniqueId, ++number, total, null));
            var why = stopped ? FailFast : gatekeeper.Blocked(node);
            return why is null
                ? Task.Run(() => runner.RunAsync(node, workers[worker], stop.Token), CancellationToken.None)
                : Task.FromResult(new Outcome(node) { Status = NodeStatus.Skipped, Message = why });
        }

        void Done(Outcome outcome)
        {
            gatekeeper.Note(outcome.Node, outcome);
            state.Note(outcome);
            stopped |= request.FailFast && outcome.Status is NodeStatus.Error or NodeStatus.Fail or NodeStatus.PartialSuccess;
            if (!outcome.Node.IsEphemeral)
                progress?.Report(new NodeProgress(outcome.Node.UniqueId, number, total, outcome.ToResult()));
        }
    }

    /// <summary>What cannot be published fails like what could not be made, and the rest is published without it.</summary>
    private void Publish(List<Outcome> done)
    {
        var publisher = new Publisher(warehouse, Graph, node => NodeRunner.RunHooks(compiler, node, Hooks.Post, state.IsIncremental(node), warehouse));
        while (true)
        {
            KeepBack();
            if (publisher.Publish(done, request.LakeVersion, request.SourceChanges?.Mark, clock.GetUtcNow()) is not { } refused)
                break;
            NodeRunner.Fail(project, state.Outcomes[refused.Node.UniqueId], refused.Why);
        }

        foreach (var outcome in done.Where(outcome => outcome.Node.HasRelation && outcome.Status == NodeStatus.Success))
            RunAfterCommit(outcome);
    }

    /// <summary>Hooks that want no transaction; when one fails its node does, though what it made is published.</summary>
    private void RunAfterCommit(Outcome outcome)
    {
        try
        {
            NodeRunner.RunHooks(compiler, outcome.Node, Hooks.Post, state.IsIncremental(outcome.Node), warehouse, inTransaction: false);
        }
        catch (Exception wrong) when (wrong is DuckDBException or WeirException or Jinja.JinjaException)
        {
            NodeRunner.Fail(project, outcome, wrong);
        }
    }

    private void KeepBack()
    {
        var held = HeldBack.Find(Graph, state.Outcomes, node => state.Published(node) == "view");
        foreach (var (id, why) in held)
        {
            var outcome = state.Outcomes[id];
            if (outcome.Status != NodeStatus.Success)
                continue;
            var stays = state.Published(outcome.Node) is not null ? "the previous version stays" : "it is not published";
            (outcome.Status, outcome.Message) = (NodeStatus.Kept, $"{stays}: {why}");
        }
    }

    private void Note(string code, string text)
    {
        lock (gate)
            warnings.Add(new ModelProblem(code, "", 0, text));
    }
}
