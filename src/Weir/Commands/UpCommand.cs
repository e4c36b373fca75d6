using System.CommandLine;
using Weir.Output;
using Weir.Roles;

namespace Weir.Commands;

/// <summary><c>weir up [--port N] [--collect-port M]</c>.</summary>
internal static class UpCommand
{
    public const int StudioPort = 8787;
    public const int CollectPort = 8788;

    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "The Studio's port on 127.0.0.1", DefaultValueFactory = _ => StudioPort, HelpName = "N" };
        var collectPort = new Option<int>("--collect-port") { Description = "The collector's port on 127.0.0.1", DefaultValueFactory = _ => CollectPort, HelpName = "M" };
        return new Command("up", "Collect, land, build and serve the Studio until Ctrl-C").With(port, collectPort).Does(async (result, cancellationToken) =>
        {
            using var workspace = new Workspace(result.Settings(), TimeProvider.System);
            var studio = Ports.Require(result.GetValue(port), "the Studio", "--port");
            var collect = Ports.Require(result.GetValue(collectPort), "the collector", "--collect-port");
            using var warehouse = workspace.OpenWarehouse();
            await using var collector = await CollectRole.StartAsync(workspace, collect, cancellationToken);
            await using var server = await ServeRole.StartAsync(workspace, warehouse, studio, collector.Address, cancellationToken);
            People.Good($"Studio on {server.Address}, collecting on {collector.Address}; Ctrl-C stops");
            await RunAsync(workspace, server, isBuilt: false, cancellationToken);
            return ExitCodes.Ok;
        });
    }

    /// <summary>Lands and builds until Ctrl-C, which is how it ends well.</summary>
    public static async Task RunAsync(Workspace workspace, ServeRole server, bool isBuilt, CancellationToken cancellationToken, params IEnumerable<Func<CancellationToken, Task>> others)
    {
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var tasks = new List<Task>(others.Select(other => other(stopped.Token))) { new LandRole(workspace, workspace.Settings.CommitInterval).RunAsync(stopped.Token), server.RunAsync(isBuilt, stopped.Token) };
        try
        {
            // The first that ends, ends well only by Ctrl-C; then all stop.
            await await Task.WhenAny(tasks);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        finally
        {
            await stopped.CancelAsync();
            await Task.WhenAll(tasks).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
