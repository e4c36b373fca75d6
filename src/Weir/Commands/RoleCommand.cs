using System.CommandLine;
using System.Runtime.InteropServices;
using Weir.Output;
using Weir.Roles;
using Weir.Roles.Supervision;

namespace Weir.Commands;

/// <summary><c>weir role collect|land|serve</c>: one role, as <c>weir up</c> starts it. It ends well on SIGTERM, and when its stdin closes: its supervisor is gone.</summary>
internal static class RoleCommand
{
    public const string Name = "role";

    public static Command Create()
    {
        var role = new Argument<string>("ROLE");
        role.AcceptOnlyFromAmong("collect", "land", "serve");
        var port = new Option<int>("--port") { DefaultValueFactory = _ => UpCommand.StudioPort };
        var collectPort = new Option<int>("--collect-port") { DefaultValueFactory = _ => UpCommand.CollectPort };
        var landPort = new Option<int?>("--land-port");
        var command = new Command(Name, "One role of weir up").With(role, port, collectPort, landPort).Does(async (result, cancelled) =>
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
            // Ctrl-C reaches the whole group of processes: the supervisor alone decides what it means.
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
            {
                signal.Cancel = true;
                stop.Cancel();
            });
            _ = Task.Factory.StartNew(() => StopWithSupervisor(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            using var workspace = new Workspace(result.Settings(), TimeProvider.System);
            try
            {
                var running = result.GetValue(role) switch
                {
                    "collect" => RoleMain.CollectAsync(workspace, result.GetValue(collectPort), stop.Token),
                    "land" => RoleMain.LandAsync(workspace, result.GetValue(landPort), stop.Token),
                    _ => RoleMain.ServeAsync(workspace, result.GetValue(port), result.GetValue(collectPort), stop.Token),
                };
                await running;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // How it ends well.
            }
            return ExitCodes.Ok;
        });
        command.Hidden = true;
        return command;
    }

    private static void StopWithSupervisor(CancellationTokenSource stop)
    {
        try
        {
            while (Console.In.Read() >= 0)
            {
            }
        }
        catch (IOException)
        {
            // The other end is gone.
        }
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The role has ended already.
        }
    }
}
