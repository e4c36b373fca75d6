using System.Diagnostics;
using Weir.Leases;
using Weir.Output;
using Weir.Roles.Supervision;

namespace Weir.Roles;

/// <summary>What each role does in a process of its own, until it is cancelled.</summary>
internal static class RoleMain
{
    /// <summary>The lease of the one process that serves a data folder.</summary>
    public const string ServeLease = "serve";

    /// <summary>Journal only: it must not touch the engine, and so not the lake.</summary>
    public static async Task CollectAsync(Workspace workspace, int port, CancellationToken cancellationToken)
    {
        await using var collector = await CollectRole.StartAsync(workspace, port, cancellationToken);
        SayReady();
        using var moved = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = JournalWatch.UntilMovedAsync(workspace.Settings, workspace.Time, cancellationToken).ContinueWith(_ => moved.Cancel(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await UntilLostAsync(collector.LeaseLost, moved.Token);
    }

    /// <summary>With lower priority than the roles that answer people.</summary>
    public static async Task LandAsync(Workspace workspace, int? healthPort, CancellationToken cancellationToken)
    {
        using (var self = Process.GetCurrentProcess()) self.PriorityClass = ProcessPriorityClass.BelowNormal;
        var health = new LandHealth();
        await using var server = healthPort is { } port ? await health.ServeAsync(port, workspace.Time, cancellationToken) : null;
        SayReady();
        using var moved = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = JournalWatch.UntilMovedAsync(workspace.Settings, workspace.Time, cancellationToken).ContinueWith(_ => moved.Cancel(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            await new LandRole(workspace, workspace.Settings.CommitInterval, health).RunAsync(moved.Token);
        }
        catch (OperationCanceledException) when (moved.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The journal is elsewhere.
        }
    }

    public static async Task ServeAsync(Workspace workspace, int port, int collectPort, CancellationToken cancellationToken)
    {
        using var lease = await Lease.TakeAsync(workspace.Settings.DataFolder, ServeLease, workspace.Disk, workspace.Settings.Roles.Lease, cancellationToken)
            ?? throw new WeirException("WEIR1017", $"Another process already serves '{workspace.Settings.DataFolder}': {LeaseState.Read(workspace.Settings.DataFolder, ServeLease, workspace.Disk)}. Stop the other 'weir up', or name another folder with --data.");
        using var warehouse = await workspace.OpenWarehouseAsync(cancellationToken);
        await using var server = await ServeRole.StartAsync(workspace, warehouse, port, new Uri($"http://127.0.0.1:{collectPort}"), cancellationToken);
        SayReady();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
        try
        {
            await server.RunAsync(isBuilt: false, stop.Token);
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested)
        {
            throw Replaced();
        }
    }

    private static async Task UntilLostAsync(CancellationToken lost, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lost, cancellationToken);
        await Task.Delay(Timeout.Infinite, either.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        if (!cancellationToken.IsCancellationRequested) throw Replaced();
    }

    private static WeirException Replaced() => new("WEIR1018",
        "This process was paused or hung for longer than its lease holds, and another has taken its place. Nothing it had promised is lost; it ends.");

    private static void SayReady()
    {
        Console.Out.WriteLine(RoleProcess.ReadyLine);
        Console.Out.Flush();
    }
}
