using Weir.DuckDb;
using Weir.Lake;
using Weir.Models;

namespace Weir.Roles;

/// <summary>Builds the project's models over the lake as it is now.</summary>
internal static class Building
{
    /// <summary>Makes the lake's views in the warehouse, then builds. The connection's warehouse must be this process's.</summary>
    public static async Task<BuildResult> RunAsync(Workspace workspace, DuckDBConnection warehouse, BuildRequest request, IProgress<NodeProgress>? progress, CancellationToken cancellationToken)
    {
        var snapshot = workspace.ReadWholeSnapshot();
        LakeViews.Create(warehouse, snapshot);
        var project = ModelProject.Load(workspace.Settings.Folder);
        return await new ModelRunner(project, workspace.Time).BuildAsync(request with { LakeVersion = snapshot.LedgerVersion, SourceChanges = new LakeChanges(workspace.Lake, snapshot) }, warehouse, progress, cancellationToken);
    }

    /// <summary>The lake with a table for everything that the project declares, so that models see empty tables before the first row lands.</summary>
    public static Snapshot ReadWholeSnapshot(this Workspace workspace)
    {
        workspace.Lake.Ensure(LakeTables.Events);
        workspace.Lake.Ensure(LakeTables.Quarantine);
        foreach (var source in workspace.Settings.Sources.Where(s => s.Entity is not null)) workspace.Lake.Ensure(LakeTables.Entity(source));
        return workspace.Lake.ReadSnapshot();
    }
}
