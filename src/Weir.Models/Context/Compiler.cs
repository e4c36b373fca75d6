using Weir.DuckDb;
using Weir.Models.Audit;
using Weir.Models.Jinja;
using Weir.Models.Project;

namespace Weir.Models.Context;

/// <summary>Turns nodes into the SQL of one build. Several threads may compile at once.</summary>
internal sealed class Compiler
{
    private readonly LoadedProject project;
    private readonly string database;
    private readonly Func<string, bool> isAside;
    private readonly Func<Node, RelationValue?> deferred;
    private readonly WarehouseQueries queries;
    private readonly Scope scope;
    private readonly Dictionary<string, (Scope Scope, VarLevels Vars)> packages = [];

    /// <param name="connection">The warehouse; templates ask it through a connection of their own.</param>
    /// <param name="isAside">Whether this build made a version of a node aside.</param>
    /// <param name="deferred">What stands for a node that is neither here nor built now; null where nothing does.</param>
    public Compiler(LoadedProject project, DuckDBConnection connection, Invocation invocation, Func<string, bool> isAside, Func<Node, RelationValue?>? deferred = null)
    {
        (this.project, this.isAside, this.deferred) = (project, isAside, deferred ?? (_ => null));
        database = connection.Scalar<string>("select current_database()")!;
        queries = new WarehouseQueries(connection);
        scope = ProjectScope.Create(project.Target with { Database = database }, project.Packages[0], invocation, project.Macros, queries, () => project);
        foreach (var package in project.Packages)
            packages[package.Name] = (ProjectScope.Of(scope, package, project.Macros), VarLevels.For(project.GivenVars, project.File, package.File));
    }

    /// <summary>The node's SQL, ephemeral models included.</summary>
    /// <exception cref="JinjaException">The template failed; its place says where.</exception>
    public string Compile(Node node, CompileFor? @for = null)
    {
        var ctes = new List<(string Name, string Sql)>();
        var sql = Render(node, @for ?? new CompileFor(), ctes);
        return EphemeralCtes.Prepend(sql, ctes);
    }

    /// <summary>A hook of a node, with the names that the node's own template has.</summary>
    public string RenderText(Node node, string text, Setting at, bool incremental) =>
        Template.Parse(text, at.File, at.Line).Render(ScopeOf(node, new CompileFor { Incremental = incremental }).Own);

    /// <summary>A model's SQL with the inputs, macros, variables and environment of a unit test.</summary>
    /// <param name="own">What <c>this</c> is; null for the model's own relation.</param>
    public string CompileForUnitTest(UnitTest test, Node model, ILinks links, RelationValue? own)
    {
        if (model.Deferred is not null)
            throw model.Deferred;
        var (parent, vars) = packages[model.Package];
        var scope = NodeScope.Create(
            parent, links, new ConfigFunction(ConfigKeys.Of(model.ResourceType), (_, _) => { }, key => model.Config.Find(key)?.Value), own ?? new RelationValue(database, model.Schema, model.Alias, "table"),
            NodeScope.Describe(model), new VarFunction(vars.With(test.Vars), missingIsNone: false), execute: true, incremental: false);
        scope.Set("env_var", arguments => test.EnvVars.TryGetValue(arguments.GetText(0, "var"), out var value) ? NodeConfig.AsText(value) : EnvVar.Function.Call(arguments));
        foreach (var (name, value) in test.Macros)
            scope.Set(name, _ => Native.From(value));
        return model.Template!.Render(scope);
    }

    /// <summary>A statement of <c>on-run-start</c> or <c>on-run-end</c>.</summary>
    public string RenderOperation(string text, string file, int line, IReadOnlyDictionary<string, object?> more)
    {
        var own = new Scope(scope).Set("var", new VarFunction(packages[project.Packages[0].Name].Vars, missingIsNone: false)).Set("execute", true);
        foreach (var (name, value) in more)
            own.Set(name, value);
        return Template.Parse(text, file, line).Render(own);
    }

    /// <summary>A text with the names that a node's own template has; <c>this</c> is the node.</summary>
    public string RenderFor(Node node, string text) => Template.Parse(text, node.File, Math.Max(node.Line, 1)).Render(ScopeOf(node, new CompileFor()).Own);

    /// <summary>Closes the connection of the templates.</summary>
    public void Close() => queries.Close();

    private string Render(Node node, CompileFor @for, List<(string Name, string Sql)> ctes)
    {
        if (node.Deferred is not null)
            throw node.Deferred;
        var (own, links) = ScopeOf(node, @for);
        var sql = node.GenericTest is { } test
            ? TestCall.Render(test, node.File, own, node.Config.Text("where"), @for.Tested)
            : node.Template!.Render(own);
        foreach (var ephemeral in links.Ephemerals.Where(ephemeral => !ctes.Exists(cte => cte.Name == EphemeralCtes.NameOf(ephemeral))))
        {
            var text = Render(ephemeral, @for with { Incremental = false, Offer = null }, ctes);
            if (!ctes.Exists(cte => cte.Name == EphemeralCtes.NameOf(ephemeral)))
                ctes.Add((EphemeralCtes.NameOf(ephemeral), text));
        }

        return sql;
    }

    private (Scope Own, RunLinks Links) ScopeOf(Node node, CompileFor @for)
    {
        var links = new RunLinks(node, project.Graph, database, isAside, deferred, @for);
        var (parent, vars) = packages[node.Package];
        var own = NodeScope.Create(
            parent, links, new ConfigFunction(ConfigKeys.Of(node.ResourceType), (_, _) => { }, key => node.Config.Find(key)?.Value),
            new RelationValue(node.Database ?? database, node.Schema, node.Alias, node.IsView ? "view" : "table"),
            Describe(node, @for.Batch), new VarFunction(vars, missingIsNone: false, @for.NoteVar), execute: true, @for.Incremental);
        @for.Offer?.Invoke(own);
        return (own, links);
    }

    private static Dictionary<string, object?> Describe(Node node, Batch? batch)
    {
        var model = NodeScope.Describe(node);
        if (node.Config.Text("incremental_strategy") == "microbatch")
            model["batch"] = batch is null ? null : new Dictionary<string, object?> { ["id"] = batch.Id, ["event_time_start"] = batch.Start, ["event_time_end"] = batch.End };
        return model;
    }
}
