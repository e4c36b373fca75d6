using System.Diagnostics;

namespace Weir.Tests.Proof.Soak;

/// <summary>One fault: who, what, from when to when its effects may be seen.</summary>
internal sealed record FaultWindow(string Role, string Kind, TimeSpan From, TimeSpan Until);

/// <summary>Kills and pauses a random role at each turn.</summary>
internal sealed class Faults(SoakPlan plan, Roles roles, Stopwatch clock, Action restart)
{
    private readonly Random random = new(plan.Seed);
    private readonly List<FaultWindow> windows = [];

    public IReadOnlyList<FaultWindow> Windows
    {
        get { lock (windows) return [.. windows]; }
    }

    /// <summary>Whether a role may have been away between two times because of a fault.</summary>
    public bool Excuses(TimeSpan from, TimeSpan to, params string[] names) =>
        Windows.Any(w => (w.Role == Roles.Whole || names.Contains(w.Role)) && w.From <= to && w.Until >= from);

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(plan.FaultEvery, stop);
                var own = roles.Own;
                var (role, pid) = own.Count == 0 ? (Roles.Whole, roles.All[Roles.Whole]) : own.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => (r.Key, r.Value)).ElementAt(random.Next(own.Count));
                if (random.Next(2) == 0) Kill(role, pid);
                else await PauseAsync(role, pid);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private void Kill(string role, int pid)
    {
        Add(role, "kill -9", TimeSpan.Zero);
        Signal("-KILL", pid);
        if (role == Roles.Whole) restart();
    }

    private async Task PauseAsync(string role, int pid)
    {
        Add(role, "pause", plan.Pause);
        Signal("-STOP", pid);
        await Task.Delay(plan.Pause, CancellationToken.None); // what is stopped is always continued
        Signal("-CONT", pid);
    }

    private void Add(string role, string kind, TimeSpan length)
    {
        var from = clock.Elapsed;
        lock (windows) windows.Add(new FaultWindow(role, kind, from, from + length + plan.Recovery));
        Console.Error.WriteLine($"{from:mm\\:ss} {kind} {role}");
    }

    private static void Signal(string signal, int pid)
    {
        // Whoever watches over the role may have replaced it while it was paused: then there is nothing to continue, and kill says so.
        using var kill = Process.Start(new ProcessStartInfo("kill", [signal, pid.ToString()]) { RedirectStandardError = true })!;
        kill.WaitForExit();
    }
}
