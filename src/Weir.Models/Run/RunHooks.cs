using Weir.DuckDb;
using Weir.Models.Context;
using Weir.Models.Jinja;
using Weir.Models.Materialize;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary>The project's <c>on-run-start</c> and <c>on-run-end</c> statements, each with a result of its own, as in dbt.</summary>
internal sealed class RunHooks(LoadedProject project, Compiler compiler, Warehouse warehouse, TimeProvider clock)
{
    /// <summary>Runs the statements in order; after one that fails the others are skipped.</summary>
    /// <param name="when"><c>on-run-start</c> or <c>on-run-end</c>.</param>
    public List<NodeResult> Run(string when, IReadOnlyList<Yaml.YamlScalar> statements, IReadOnlyDictionary<string, object?> more)
    {
        var results = new List<NodeResult>();
        foreach (var (statement, number) in statements.Select((statement, i) => (statement, i)))
        {
            var start = clock.GetTimestamp();
            var message = "";
            var skipped = results.Exists(result => result.Status == NodeStatus.Error);
            try
            {
                if (!skipped)
                    Hooks.Run(new Hook(statement.Text, new Setting(null, ProjectFile.FileName, statement.Line)), compiler.RenderOperation(statement.Text, ProjectFile.FileName, statement.Line, more), warehouse);
            }
            catch (Exception wrong) when (wrong is DuckDBException or WeirException or JinjaException)
            {
                message = wrong is WeirException weir ? $"{weir.Code} {weir.Message}" : $"{ProjectFile.FileName}:{statement.Line}: WEIR7074 {wrong.Message}";
            }

            var status = skipped ? NodeStatus.Skipped : message.Length > 0 ? NodeStatus.Error : NodeStatus.Success;
            results.Add(new NodeResult($"operation.{project.File.Name}.{project.File.Name}-{when}-{number}", "operation", status, message, null, 0, clock.GetElapsedTime(start), null));
        }

        return results;
    }
}
