using Weir.Configuration;
using Weir.DuckDb;
using Weir.Identity;
using Weir.Lake;
using Weir.Models;

namespace Weir.Roles;

/// <summary>Builds the project's models over the lake as it is now.</summary>
internal static class Building
{
    /// <summary>Builds over a snapshot of the lake, whose views the warehouse has.</summary>
    public static async Task<BuildResult> RunAsync(Workspace workspace, DuckDBConnection warehouse, Snapshot snapshot, BuildRequest request, IProgress<NodeProgress>? progress, CancellationToken cancellationToken)
    {
        var project = ModelProject.Load(workspace.Settings.Folder, request.Project);
        if (request.Command is BuildCommand.Build or BuildCommand.Run && IdentitySection.IsDeclared(workspace.Settings))
            await Task.Run(() => Identities.Of(workspace).Run(warehouse, workspace.Lake, snapshot), cancellationToken);
        var asked = request with { LakeVersion = snapshot.LedgerVersion, SourceChanges = new LakeChanges(workspace.Lake, snapshot, MapChanges.Read(warehouse)) };
        var result = await new ModelRunner(project, workspace.Time).BuildAsync(asked, warehouse, progress, cancellationToken);
        return result.ExitCode != 0 && workspace.Lake.FindGone(snapshot) is { } gone ? throw gone : result;
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
