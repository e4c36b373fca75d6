using Weir.Configuration;
using Weir.Output;
using Weir.Storage;

namespace Weir.Roles.Supervision;

/// <summary>Keeps one role running: starts it, and starts it again when it ended, hangs, or takes too much memory.</summary>
internal sealed class RoleWatch(RolePlan plan, ProjectSettings settings, IDisk disk, TimeProvider time, Action changed)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly RestartPause pause = new();
    private RoleProcess? process;

    public RoleStatus Status { get; private set; } = new(plan.Name, 0, default, 0, "starting", plan.Memory);

    /// <summary>Starts it for the first time; what goes wrong now is for whoever gave the command. Null if it is ready, else its exit code.</summary>
    public async Task<int?> StartAsync(CancellationToken cancellationToken)
    {
        Launch();
        if (await process!.Ready.WaitAsync(cancellationToken))
        {
            Tell("running");
            return null;
        }
        await process.Ended;
        return process.ExitCode == ExitCodes.Ok ? ExitCodes.Failed : process.ExitCode;
    }

    /// <summary>Watches until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var started = time.GetTimestamp();
            var why = await WatchAsync(cancellationToken);
            var wait = pause.After(time.GetElapsedTime(started));
            process!.Dispose();
            process = null;
            People.Warn($"{plan.Name} {why}; it is started again {(wait == TimeSpan.Zero ? "at once" : $"in {wait.TotalSeconds:0.#} s")}, the others go on");
            Tell("stopped");
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            Status = Status with { Restarts = Status.Restarts + 1 };
            Launch();
        }
    }

    /// <summary>Lets it end well, and waits for that.</summary>
    public async Task StopAsync()
    {
        if (process is null) return;
        await process.StopAsync(Patience);
        process.Dispose();
    }

    private void Launch()
    {
        process = RoleProcess.Start(plan, settings);
        Status = Status with { ProcessId = process.Id, Since = time.GetUtcNow() };
        Tell("starting");
    }

    /// <summary>Until the process has ended, by itself or because it was made to; says why.</summary>
    private async Task<string> WatchAsync(CancellationToken cancellationToken)
    {
        var role = process!;
        var heartbeat = new Heartbeat(settings.DataFolder, plan.Name, role.Id, disk, time);
        var ready = false;
        while (await Task.WhenAny(role.Ended, Task.Delay(Look, time, cancellationToken)) != role.Ended)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!ready && role.Ready is { IsCompletedSuccessfully: true, Result: true })
            {
                ready = true;
                if (Status.Restarts > 0) People.Good($"{plan.Name} runs again (process {role.Id})");
                Tell("running");
            }
            if (heartbeat.Look() is var silence && silence > settings.Roles.Lease)
            {
                role.Kill();
                await role.Ended;
                return $"(process {role.Id}) was silent for {silence.TotalSeconds:0} s, paused or hanging, and was killed";
            }
            if (role.Memory is var memory && memory > plan.Memory)
            {
                await role.StopAsync(Patience);
                return $"(process {role.Id}) took {memory / 1_000_000:N0} MB of memory, over its limit of {plan.Memory / 1_000_000:N0} MB (roles.{plan.Name}.memory), and was ended";
            }
        }
        return $"(process {role.Id}) ended {Describe(role.ExitCode)}";
    }

    private static string Describe(int exitCode) => exitCode > 128 ? $"by signal {exitCode - 128}" : $"with exit code {exitCode}";

    private void Tell(string state)
    {
        Status = Status with { State = state };
        changed();
    }
}
