using Weir.Lake;

namespace Weir.Roles;

/// <summary>Keeps the lake small, a bounded step at a time, beside landing. A failure waits for the next turn: landing does not depend on it.</summary>
/// <param name="workspace">Whose lake.</param>
/// <param name="tell">Tells a failure.</param>
internal sealed class MaintenanceLoop(Workspace workspace, Action<Exception> tell)
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(15), BetweenSteps = TimeSpan.FromMilliseconds(100);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var temporary = Path.Combine(workspace.Settings.DataFolder, "run", "maintenance");
        foreach (var left in workspace.Disk.List(temporary)) workspace.Disk.Delete(left); // rows that a killed process had spilled
        var maintenance = workspace.Lake.Maintain(new MaintenanceOptions(temporary) { VacuumAfter = workspace.Settings.VacuumAfter });
        while (true)
        {
            var pause = Idle;
            try
            {
                if (await Task.Run(() => maintenance.StepAsync(cancellationToken), cancellationToken) is not null) pause = BetweenSteps;
            }
            catch (Exception error) when (Failures.IsSurvived(error) && !cancellationToken.IsCancellationRequested)
            {
                tell(error);
            }
            await Task.Delay(pause, workspace.Time, cancellationToken);
        }
    }
}
