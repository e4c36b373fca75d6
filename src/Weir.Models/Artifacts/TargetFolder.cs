using Weir.Models.Context;
using Weir.Models.Project;
using Weir.Models.Run;

namespace Weir.Models.Artifacts;

/// <summary>Writes what a run leaves in its target folder: the manifest, the results and the compiled SQL.</summary>
internal sealed class TargetFolder(LoadedProject project, string folder, string database)
{
    public void WriteManifest(DateTimeOffset now, bool storeFailures = false) => ArtifactJson.Write(Path.Combine(folder, Manifest.FileName), Manifest.Of(project, database, now, storeFailures));

    public void WriteResults(BuildRequest request, Invocation invocation, IReadOnlyList<Outcome> outcomes, IReadOnlyList<NodeResult> operations, DateTimeOffset now, TimeSpan elapsed)
    {
        foreach (var outcome in outcomes.Where(outcome => outcome.Compiled is not null))
        {
            if (outcome.BatchSql.Count == 0)
                WriteCompiled(outcome.Node, outcome.Compiled!);
            foreach (var (batch, sql) in outcome.BatchSql)
                Write(Path.Combine(outcome.Node.Package, Path.ChangeExtension(outcome.Node.FileInPackage, null), $"{outcome.Node.Name}_{BatchName(batch)}.sql"), sql);
        }

        ArtifactJson.Write(Path.Combine(folder, RunResults.FileName), RunResults.Of(project, request, invocation, database, outcomes, operations, now, elapsed));
    }

    /// <summary>As <c>target/compiled/&lt;package&gt;/&lt;path&gt;</c>, with the names under which everything is published.</summary>
    public void WriteCompiled(Node node, string sql)
    {
        Write(Path.Combine(node.Package, node.IsUnitTest ? $"{node.FileInPackage}/models/{node.Name}.sql" : node.FileInPackage), sql);
    }

    public void WriteCompiled(RunHook hook, string sql) => Write(Path.Combine(hook.Package, "dbt_project.yml", "hooks", $"{hook.Name}.sql"), sql);

    /// <summary>As dbt names a batch's file: <c>2024-01-31</c>, <c>2024-01</c>.</summary>
    private static string BatchName(Batch batch) => batch.Id.Length switch
    {
        4 => $"{batch.Start:yyyy}",
        6 => $"{batch.Start:yyyy-MM}",
        8 => $"{batch.Start:yyyy-MM-dd}",
        _ => $"{batch.Start:yyyy-MM-ddTHH}",
    };

    private void Write(string file, string sql)
    {
        var path = Path.Combine(folder, "compiled", file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, sql.Replace(Node.AsideSuffix, "", StringComparison.Ordinal));
    }
}
