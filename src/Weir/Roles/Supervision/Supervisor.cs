using Weir.Configuration;
using Weir.Leases;
using Weir.Output;
using Weir.Storage;

namespace Weir.Roles.Supervision;

/// <summary>Starts the roles as processes of their own, and keeps each of them running until it is cancelled: one that dies leaves the others up.</summary>
internal sealed class Supervisor
{
    private readonly ProjectSettings settings;
    private readonly IDisk disk;
    private readonly List<RoleWatch> watches;
    private readonly Lock gate = new();
    private bool isStopped;

    public Supervisor(ProjectSettings settings, IReadOnlyList<RolePlan> plans, IDisk disk, TimeProvider time)
    {
        (this.settings, this.disk) = (settings, disk);
        watches = [.. plans.Select(plan => new RoleWatch(plan, settings, disk, time, Save))];
    }

    /// <summary>Runs until cancelled, and then lets every role end well. Gives an exit code.</summary>
    /// <param name="started">Called once all roles do their work.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<int> RunAsync(Action started, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var watch in watches)
                if (await watch.StartAsync(cancellationToken) is { } failed) return failed;
            started();
            await Task.WhenAll(watches.Select(watch => watch.RunAsync(cancellationToken)));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // How it ends well.
        }
        finally
        {
            await Task.WhenAll(watches.Select(watch => watch.StopAsync()));
            lock (gate)
            {
                isStopped = true;
                RolesFile.Delete(settings.DataFolder, disk);
            }
        }
        return ExitCodes.Ok;
    }

    private void Save()
    {
        try
        {
            lock (gate)
            {
                if (!isStopped) new RolesFile(Environment.ProcessId, ProcessIdentity.Start, [.. watches.Select(w => w.Status)]).Write(settings.DataFolder, disk);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            People.Warn($"How the roles are could not be noted for others: {e.Message}");
        }
    }
}
