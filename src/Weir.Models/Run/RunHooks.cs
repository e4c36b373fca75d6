using Weir.DuckDb;
using Weir.Models.Context;
using Weir.Models.Jinja;
using Weir.Models.Materialize;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary>The project's <c>on-run-start</c> and <c>on-run-end</c> statements, each with a result of its own, as in dbt.</summary>
/// <param name="wanted">Whether this command runs them at all.</param>
internal sealed class RunHooks(LoadedProject project, Compiler compiler, Warehouse warehouse, TimeProvider clock, bool wanted)
{
    /// <summary>The SQL of those that ran.</summary>
    public List<(RunHook Hook, string Sql)> Compiled { get; } = [];

    /// <summary>Runs the statements in order; after one that fails the others are skipped.</summary>
    /// <param name="when"><c>on-run-start</c> or <c>on-run-end</c>.</param>
    public List<NodeResult> Run(string when, IReadOnlyDictionary<string, object?> more)
    {
        var results = new List<NodeResult>();
        foreach (var hook in wanted ? RunHook.Of(project, when) : [])
        {
            var start = clock.GetTimestamp();
            var message = "";
            var skipped = results.Exists(result => result.Status == NodeStatus.Error);
            try
            {
                if (!skipped)
                    Run(hook, more);
            }
            catch (Exception wrong) when (wrong is DuckDBException or WeirException or JinjaException)
            {
                message = $"{hook.File}:{hook.Statement.Line}: {(wrong is WeirException weir ? weir.Code : "WEIR7074")} {wrong.Message}";
            }

            var status = skipped ? NodeStatus.Skipped : message.Length > 0 ? NodeStatus.Error : NodeStatus.Success;
            results.Add(new NodeResult(hook.UniqueId, "operation", status, message, null, 0, clock.GetElapsedTime(start), null));
        }

        return results;
    }

    private void Run(RunHook hook, IReadOnlyDictionary<string, object?> more)
    {
        var sql = compiler.RenderOperation(hook.Statement.Text, hook.File, hook.Statement.Line, more);
        Compiled.Add((hook, sql));
        Hooks.Run(new Hook(hook.Statement.Text, new Setting(null, hook.File, hook.Statement.Line)), sql, warehouse);
    }
}
