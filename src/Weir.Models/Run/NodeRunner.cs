using Weir.DuckDb;
using Weir.Models.Audit;
using Weir.Models.Context;
using Weir.Models.Jinja;
using Weir.Models.Materialize;
using Weir.Models.Materialize.Changes;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary>Makes one node, or runs one test, and turns whatever goes wrong into its outcome.</summary>
internal sealed class NodeRunner(LoadedProject project, BuildRequest request, Compiler compiler, BuildState state, TimeProvider clock)
{
    public async Task<Outcome> RunAsync(Node node, Warehouse warehouse, CancellationToken cancellation)
    {
        var outcome = new Outcome(node) { StartedAt = clock.GetUtcNow() };
        var start = clock.GetTimestamp();
        try
        {
            if (request.Command == BuildCommand.Compile)
                CompileOnly(outcome);
            else if (node.IsUnitTest)
                await UnitTestAsync(outcome, warehouse, cancellation);
            else if (node.Exposure is not null)
                outcome.Status = NodeStatus.NoOp;
            else if (node.IsTest)
                await TestAsync(outcome, warehouse, cancellation);
            else if (state.IsTogether || node.IsEphemeral)
                await MakeAsync(outcome, warehouse, cancellation);
            else
                await MakeAndPublishAsync(outcome, warehouse, cancellation);
        }
        catch (Exception wrong) when (wrong is DuckDBException or JinjaException or WeirException)
        {
            cancellation.ThrowIfCancellationRequested(); // then it was interrupted, and is no fault of the node
            Fail(project, outcome, wrong);
        }

        outcome.Duration = clock.GetElapsedTime(start);
        return outcome;
    }

    /// <summary>As dbt does it: one transaction from the first hook to the last; batches are made before it, so that one that fails leaves the others.</summary>
    private async Task MakeAndPublishAsync(Outcome outcome, Warehouse warehouse, CancellationToken cancellation)
    {
        var inBatches = outcome.Node.Config.Text("incremental_strategy") == "microbatch";
        RunHooks(compiler, outcome.Node, Hooks.Pre, state.IsIncremental(outcome.Node), warehouse, inTransaction: false);
        if (inBatches)
            await MakeAsync(outcome, warehouse, cancellation);
        using var transaction = warehouse.Begin();
        if (!inBatches)
            await MakeAsync(outcome, warehouse, cancellation);
        Publisher.Swap(warehouse, outcome, state.Published(outcome.Node));
        RunHooks(compiler, outcome.Node, Hooks.Post, state.IsIncremental(outcome.Node), warehouse);
        transaction.Commit();
        RunHooks(compiler, outcome.Node, Hooks.Post, state.IsIncremental(outcome.Node), warehouse, inTransaction: false);
    }

    private async Task MakeAsync(Outcome outcome, Warehouse warehouse, CancellationToken cancellation)
    {
        var node = outcome.Node;
        if (state.IsTogether)
            RunHooks(compiler, node, Hooks.Pre, state.IsIncremental(node), warehouse, inTransaction: false);
        RunHooks(compiler, node, Hooks.Pre, state.IsIncremental(node), warehouse);
        outcome.Made = node switch
        {
            { ResourceType: "seed" } when request.Empty && state.Published(node) == "table" => null, // as in dbt, a seed that is there stays as it is
            { ResourceType: "seed" } => await new SeedMaker(warehouse, project.Folder).MakeAsync(node, request.Empty, cancellation),
            { ResourceType: "snapshot" } => await SnapshotAsync(outcome, warehouse, cancellation),
            { IsEphemeral: true } => null,
            { IsView: true } => await new TableMaker(warehouse).ViewAsync(node, Compile(outcome, new CompileFor()), cancellation),
            _ when node.Config.Text("incremental_strategy") == "microbatch" => await new MicrobatchRunner(request, state, warehouse, clock).MakeAsync(outcome, @for => Compile(outcome, @for), wrong => TextOf(project, outcome, wrong), cancellation),
            _ => await TableAsync(outcome, warehouse, cancellation),
        };
        if (outcome.Made is { ViewSql: null } made && state.Log.IsWatched($"{node.Schema}.{node.Alias}"))
            outcome.Change = await new ChangeMaker(warehouse).MakeAsync(node, made, state.Published(node) == "table", cancellation);
    }

    private async Task<Made> TableAsync(Outcome outcome, Warehouse warehouse, CancellationToken cancellation)
    {
        var node = outcome.Node;
        var incremental = state.IsIncremental(node);
        if (node.Materialized != "incremental" || !state.IsTogether || request.Empty)
        {
            var sql = Compile(outcome, new CompileFor { Incremental = incremental });
            outcome.Restated = incremental ? "" : "all of it";
            return incremental ? await new DeltaMaker(warehouse, request.CopyBelow).MakeAsync(node, sql, null, cancellation) : await new TableMaker(warehouse).TableAsync(node, sql, cancellation);
        }

        var rows = new ChangedRows(node, project.Graph, new InputChanges(project.Graph, request, state, compiler), warehouse);
        outcome.Reads = rows.Reads;
        var vars = outcome.Vars = new VarsUsed();
        if (incremental)
        {
            var sql = Compile(outcome, new CompileFor { Incremental = true, Offer = rows.Offer(incremental: true), NoteVar = vars.Note });
            ReadSeeds(node, rows, warehouse);
            if (rows.WhyWhole is null)
            {
                state.Vars.Check(node, vars);
                var made = await new DeltaMaker(warehouse, request.CopyBelow).MakeAsync(node, sql, await rows.PrepareAsync(cancellation), cancellation);
                if (request.Explain)
                    outcome.Restated = await Restatement.TellAsync(node, rows, made, warehouse, cancellation);
                return made;
            }
        }

        var whole = Compile(outcome, new CompileFor { Offer = rows.Offer(incremental: false), NoteVar = vars.Note });
        if (!incremental)
            ReadSeeds(node, rows, warehouse);
        outcome.Restated = $"all of it: {rows.WhyWhole ?? (state.Published(node) == "table" ? "--full-refresh" : "it is new")}";
        return await new TableMaker(warehouse).TableAsync(node, whole, cancellation);
    }

    private void ReadSeeds(Node node, ChangedRows rows, Warehouse warehouse)
    {
        if (rows.Reads.Count > 0)
            rows.ReadSeeds(seed => warehouse.Fingerprint(state.IsAside(seed.UniqueId) ? warehouse.Aside(seed) : warehouse.Published(seed)), input => state.Log.LastRead(node.UniqueId, input));
    }

    private async Task<Made> SnapshotAsync(Outcome outcome, Warehouse warehouse, CancellationToken cancellation)
    {
        var node = outcome.Node;
        var snapshot = new Snapshot(node, $"timestamp '{clock.GetUtcNow().UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}'");
        var sql = Compile(outcome, new CompileFor { Incremental = state.IsIncremental(node) });
        if (!state.IsIncremental(node))
            return await new TableMaker(warehouse).TableAsync(node, snapshot.First(sql), cancellation);
        var columns = await warehouse.DescribeAsync($"(\n{sql}\n)", cancellation);
        await warehouse.ExecuteAsync($"create table {warehouse.Given(node)} as ({snapshot.Changes(sql, warehouse.Published(node), columns, warehouse.Columns(warehouse.Published(node)))})", cancellation);
        var matching = new Matching("weir_snapshot", $"{snapshot.ScdId} in (select {snapshot.ScdId} from {warehouse.Given(node)})");
        return await new DeltaMaker(warehouse, request.CopyBelow).FinishAsync(node, matching, null, "append_new_columns", cancellation);
    }

    private async Task TestAsync(Outcome outcome, Warehouse warehouse, CancellationToken cancellation)
    {
        var test = outcome.Node;
        var rows = test is { GenericTest: { } generic, AttachedTo: { } id } && state.IsAside(id) && !request.FullAudit
            ? ChangedUnits.Of(generic, project.Graph[id], state.Outcomes[id].Made, warehouse)
            : null;
        var sql = Compile(outcome, new CompileFor { Tested = rows });
        var found = await TestRunner.RunAsync(test, sql, FailureStore.KindOf(test, request.StoreFailures), request.WarnError, warehouse, cancellation);
        (outcome.Status, outcome.Failures, outcome.Message, outcome.Kept) = (found.Status, found.Failures, found.Message, found.Relation);
    }

    private async Task UnitTestAsync(Outcome outcome, Warehouse warehouse, CancellationToken cancellation)
    {
        var published = warehouse.Relations();
        var runner = new UnitTestRunner(project.Graph, compiler, warehouse, Built);
        (var found, outcome.Compiled) = await runner.RunAsync(outcome.Node, cancellation);
        (outcome.Status, outcome.Failures, outcome.Message) = (found.Status, found.Failures, found.Message);

        string? Built(Node node) => state.IsAside(node.UniqueId) ? warehouse.Aside(node) : published.ContainsKey($"{node.Schema}.{node.Alias}") ? warehouse.Published(node) : null;
    }

    private void CompileOnly(Outcome outcome)
    {
        if (outcome.Node.Template is not null || outcome.Node.GenericTest is not null)
            Compile(outcome, new CompileFor { Incremental = state.IsIncremental(outcome.Node) });
    }

    private string Compile(Outcome outcome, CompileFor @for)
    {
        outcome.Compiled = compiler.Compile(outcome.Node, @for with { Empty = request.Empty });
        if (@for.Batch is { } batch)
            outcome.BatchSql.Add((batch, outcome.Compiled));
        return outcome.Compiled;
    }

    public static void RunHooks(Compiler compiler, Node node, string which, bool incremental, Warehouse warehouse, bool inTransaction = true)
    {
        foreach (var hook in Hooks.Of(node, which).Where(hook => hook.InTransaction == inTransaction))
            Hooks.Run(hook, compiler.RenderText(node, hook.Sql, hook.Setting, incremental), warehouse);
    }

    private static string OfWeir(WeirException wrong, Node node, string compiled)
    {
        var place = wrong.Data[SchemaChange.ColumnKey] is string column ? SqlErrorText.PlaceOf(node, compiled, column) : null;
        var line = place is { Line: > 0 and var found } ? found : node.Line;
        return $"{node.File}{(line > 0 ? $":{line}" : "")}: {wrong.Code} {wrong.Message}{place?.Shown}";
    }

    public static void Fail(LoadedProject project, Outcome outcome, Exception wrong)
    {
        (outcome.Status, outcome.Made, outcome.Message) = (NodeStatus.Error, null, TextOf(project, outcome, wrong));
    }

    private static string TextOf(LoadedProject project, Outcome outcome, Exception wrong)
    {
        var node = outcome.Node;
        return wrong switch
        {
            DuckDBException sql => SqlErrorText.Of(sql, node, outcome.Compiled ?? "", node.IsTest ? TestRunner.LinesBefore : TableMaker.LinesBefore, project.Macros.All),
            JinjaException template => JinjaErrorText.Of(template, node, project),
            WeirException weir => OfWeir(weir, node, outcome.Compiled ?? ""),
            _ => wrong.Message,
        };
    }
}
