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
    public string Compile(Node node, bool incremental = false)
    {
        var ctes = new List<(string Name, string Sql)>();
        var sql = Render(node, incremental, ctes);
        return EphemeralCtes.Prepend(sql, ctes);
    }

    private string Render(Node node, bool incremental, List<(string Name, string Sql)> ctes)
    {
        if (node.Deferred is not null)
            throw node.Deferred;
        var links = new RunLinks(node, project.Graph, database, isAside);
        var own = NodeScope.Create(
            scope, links, new ConfigFunction(node.IsTest ? ConfigKeys.Tests : ConfigKeys.Models, (_, _) => { }, key => node.Config.Find(key)?.Value),
            new RelationValue(database, node.IsTest ? project.Target.Schema : node.Schema, node.IsTest ? node.Name : node.Alias, node.IsView ? "view" : "table"),
            NodeScope.Describe(node), new VarFunction(project.GivenVars, project.File.Vars, project.File.Name, missingIsNone: false), execute: true, incremental);
        var sql = node.GenericTest is { } test
            ? TestCall.Render(test, node.File, own, node.Config.Text("where"))
            : node.Template!.Render(own);
        foreach (var ephemeral in links.Ephemerals.Where(ephemeral => !ctes.Exists(cte => cte.Name == EphemeralCtes.NameOf(ephemeral))))
        {
            var text = Render(ephemeral, incremental: false, ctes);
            if (!ctes.Exists(cte => cte.Name == EphemeralCtes.NameOf(ephemeral)))
                ctes.Add((EphemeralCtes.NameOf(ephemeral), text));
        }

        return sql;
    }

    private static Scope WithMacros(Scope scope, MacroSet macros)
    {
        scope.Macros = macros;
        return scope;
    }
}
