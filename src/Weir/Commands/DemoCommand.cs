using System.CommandLine;
using System.Diagnostics;
using Weir.Commands.Models;
using Weir.Accounting;
using Weir.Configuration;
using Weir.Demo;
using Weir.DuckDb;
using Weir.Generate;
using Weir.Land;
using Weir.Models;
using Weir.Output;
using Weir.Roles;
using Weir.Roles.Ownership;

namespace Weir.Commands;

/// <summary><c>weir demo</c>: 35 days of a shop's life, from events to a dashboard, by the same code as production.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var seed = new Option<int>("--seed") { Description = "Another seed is another shop", DefaultValueFactory = _ => 1, HelpName = "N" };
        var fresh = new Option<bool>("--fresh") { Description = "Forget the last run and start anew" };
        var once = new Option<bool>("--once") { Description = "End after the account, with exit code 0 or the reason" };
        var port = new Option<int>("--port") { Description = "The Studio's port; the next free one if it is taken", DefaultValueFactory = _ => UpCommand.StudioPort, HelpName = "N" };
        return new Command("demo", "Live through 35 days of a shop, and look at its dashboard").With(seed, fresh, once, port).Does(async (result, cancellationToken) =>
        {
            var project = result.GetResult(CommonOptions.Project) is { Implicit: false } given ? given.GetValueOrDefault<string>() : SampleProject.Find();
            var settings = ProjectFile.Read(project, result.GetValue(CommonOptions.Environment), result.GetValue(CommonOptions.Data) ?? Path.Combine(project, ".weir", "demo"));
            if (result.GetValue(fresh)) Forget(settings.DataFolder);
            var now = TimeProvider.System.GetUtcNow();
            var state = DemoState.Read(settings.DataFolder) ?? DemoState.Begin(result.GetValue(seed), now);
            var clock = new ReplayClock(state.Delivered);
            using var workspace = new Workspace(settings, clock);
            state.Write(settings.DataFolder, workspace.Disk);
            var watch = Stopwatch.StartNew();

            await using var collector = await CollectRole.StartAsync(workspace, Ports.FirstFree(UpCommand.CollectPort), cancellationToken);
            using var client = new HttpClient { BaseAddress = collector.Address };
            var life = new ShopLife(workspace, clock, new Shop(state.Options));
            state = await LiveAsync(workspace, life, state, client, now, cancellationToken);
            clock.GoLive();
            if (!Landing.Tell(await Landing.RunAsync(workspace, null, cancellationToken))) return ExitCodes.Failed;

            using var warehouse = workspace.OpenWarehouse();
            var build = await People.WithProgress("Building", report => warehouse.BuildAsync(workspace, BuildRequest.Everything, BuildOutput.Progress(report), cancellationToken));
            var built = BuildOutput.Tell(build);
            var account = Account.Read(workspace.Lake, workspace.OpenStreams);
            AccountCommand.Print(account, bySource: true, byHour: false, result.GetValue(CommonOptions.Format), Console.Out);
            var addsUp = AccountCommand.Tell(account);
            People.Say($"  {DemoState.Days} days of a shop in {watch.Elapsed.TotalSeconds:N0} s");
            if (result.GetValue(once)) return !addsUp ? ExitCodes.AccountOff : built;
            return await ServeAsync(workspace, warehouse, collector, client, life, state, Ports.FirstFree(result.GetValue(port)), cancellationToken);
        });
    }

    /// <summary>Everything from where the last run ended until now: files by day, files by hour, then requests.</summary>
    private static async Task<DemoState> LiveAsync(Workspace workspace, ShopLife life, DemoState state, HttpClient client, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await People.WithProgress("Living", async report =>
        {
            var from = state.Delivered;
            var (hourly, requests) = ShopLife.Turns(from, now);
            Action<DateTimeOffset> Delivered(string what, DateTimeOffset begin, DateTimeOffset end) => at =>
            {
                // Saved at every hour: what was received before a crash is not sent again. Files are taken once anyway.
                if (at - state.Delivered >= TimeSpan.FromHours(1) || at == end) (state = state with { Delivered = at }).Write(workspace.Settings.DataFolder, workspace.Disk);
                report((at - begin) / (end - begin), $"{what}, {at:d MMMM HH:mm}");
            };
            await life.LoadAsync(from, hourly, TimeSpan.FromDays(1), Delivered("loading daily files", from, hourly), cancellationToken);
            await life.LoadAsync(hourly, requests, TimeSpan.FromHours(1), Delivered("loading hourly files", hourly, requests), cancellationToken);
            await life.SendAsync(client, requests, now, Delivered("sending to the collector", requests, now), cancellationToken);
            return 0;
        });
        state = state with { Delivered = now };
        state.Write(workspace.Settings.DataFolder, workspace.Disk);
        return state;
    }

    private static async Task<int> ServeAsync(
        Workspace workspace, OwnedWarehouse warehouse, CollectRole collector, HttpClient client, ShopLife life, DemoState state, int port, CancellationToken cancellationToken)
    {
        await using var server = await ServeRole.StartAsync(workspace, warehouse, port, collector.Address, cancellationToken);
        People.Say($$"""

              Studio     {{server.Address}}
              Collector  {{collector.Address}}

              Three things to try, each in another terminal:
                curl -u shop-web: {{collector.Address}}v1/events -d '{"event":"Page Viewed","anonymous_id":"me","user_id":"u-1"}'
                dotnet run --project src/Weir -c Release --no-build -- account --project {{Relative(workspace.Settings.Folder)}} --data {{Relative(workspace.Settings.DataFolder)}} --by hour
                open samples/shop/models/marts/daily_kpis.sql, change it, and see the page follow

              The shop goes on until Ctrl-C.

            """);
        await RunAsync(workspace, server, isBuilt: true, cancellationToken, TrickleAsync);
        return ExitCodes.Ok;

        async Task TrickleAsync(CancellationToken stopped)
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), stopped);
                var now = TimeProvider.System.GetUtcNow();
                await life.SendAsync(client, state.Delivered, now, _ => { }, stopped);
                state = state with { Delivered = now };
                state.Write(workspace.Settings.DataFolder, workspace.Disk);
            }
        }
    }

    /// <summary>
    /// Lands and builds until Ctrl-C, which is how it ends well. In this process, unlike <c>up</c>: what it collects came in under the shop's
    /// clock, which no other process has, and a demo is looked at, not relied on.
    /// </summary>
    private static async Task RunAsync(Workspace workspace, ServeRole server, bool isBuilt, CancellationToken cancellationToken, params IEnumerable<Func<CancellationToken, Task>> others)
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

    private static string Relative(string path) => Path.GetRelativePath(Environment.CurrentDirectory, path);

    private static void Forget(string dataFolder)
    {
        // Only a folder that a demo made is deleted: --data may have been mistyped.
        if (!Directory.Exists(dataFolder) || !Directory.EnumerateFileSystemEntries(dataFolder).Any()) return;
        if (DemoState.Read(dataFolder) is null)
            throw new WeirException("WEIR1014", $"{dataFolder} was not made by a demo (it has no demo.json), so --fresh does not delete it. Name another folder with --data, or delete it yourself.");
        Directory.Delete(dataFolder, recursive: true);
    }
}
