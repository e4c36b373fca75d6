using Weir.Models.Audit;
using Weir.Models.Jinja;
using Weir.Models.Project;

namespace Weir.Models.Context;

/// <summary>Turns nodes into the SQL of one build.</summary>
/// <param name="database">The warehouse's name in SQL.</param>
/// <param name="isAside">Whether this build made a version of a node aside.</param>
internal sealed class Compiler(LoadedProject project, string database, bool fullRefresh, Func<string, bool> isAside, Action<string> log)
{
    private readonly Scope scope = WithMacros(ProjectScope.Create(project.Target with { Database = database }, project.File.Name, fullRefresh, log), project.Macros);

    /// <summary>The node's SQL, ephemeral models included.</summary>
    /// <exception cref="JinjaException">The template failed; its place says where.</exception>
    public string Compile(Node node, CompileFor? @for = null)
    {
        var ctes = new List<(string Name, string Sql)>();
        var sql = Render(node, @for ?? new CompileFor(), ctes);
        return EphemeralCtes.Prepend(sql, ctes);
    }

    private string Render(Node node, CompileFor @for, List<(string Name, string Sql)> ctes)
    {
        if (node.Deferred is not null)
            throw node.Deferred;
        var (own, links) = ScopeOf(node, @for);
        var sql = node.GenericTest is { } test
            ? TestCall.Render(test, node.File, own, node.Config.Text("where"))
            : node.Template!.Render(own);
        foreach (var ephemeral in links.Ephemerals.Where(ephemeral => !ctes.Exists(cte => cte.Name == EphemeralCtes.NameOf(ephemeral))))
        {
            var text = Render(ephemeral, @for with { Incremental = false, Offer = null }, ctes);
            if (!ctes.Exists(cte => cte.Name == EphemeralCtes.NameOf(ephemeral)))
                ctes.Add((EphemeralCtes.NameOf(ephemeral), text));
        }

        return sql;
    }

    /// <summary>A hook of a node, with the names that the node's own template has.</summary>
    public string RenderText(Node node, string text, Setting at, bool incremental) =>
        Template.Parse(text, at.File, at.Line).Render(ScopeOf(node, new CompileFor { Incremental = incremental }).Own);

    private (Scope Own, RunLinks Links) ScopeOf(Node node, CompileFor @for)
    {
        var links = new RunLinks(node, project.Graph, database, isAside, @for);
        var own = NodeScope.Create(
            scope, links, new ConfigFunction(node.IsTest ? ConfigKeys.Tests : ConfigKeys.Models, (_, _) => { }, key => node.Config.Find(key)?.Value),
            new RelationValue(database, node.IsTest ? project.Target.Schema : node.Schema, node.IsTest ? node.Name : node.Alias, node.IsView ? "view" : "table"),
            Describe(node, @for.Batch), new VarFunction(project.GivenVars, project.File.Vars, project.File.Name, missingIsNone: false), execute: true, @for.Incremental);
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

    private static Scope WithMacros(Scope scope, MacroSet macros)
    {
        scope.Macros = macros;
        return scope;
    }
}
