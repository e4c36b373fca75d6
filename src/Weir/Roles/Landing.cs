using Weir.Events;
using Weir.Land;
using Weir.Output;

namespace Weir.Roles;

/// <summary>Lands what has been received, for a command: itself, or, beside a running lander, by waiting for that one.</summary>
internal static class Landing
{
    private const string Locked = "WEIR5001";
    private const string NotMoved = "WEIR5008";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Lands up to the heads as they are now, with progress on stderr.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="wanted">The streams that the caller is concerned with; beside a running lander only those are waited for. Null: all.</param>
    /// <param name="cancellationToken">Ends the landing or the waiting.</param>
    public static async Task<LandResult> RunAsync(Workspace workspace, IReadOnlyCollection<string>? wanted, CancellationToken cancellationToken)
    {
        var result = await LandAsync(workspace, wanted, cancellationToken);
        workspace.Witness.Write(workspace.OpenStreams());
        return result;
    }

    private static Task<LandResult> LandAsync(Workspace workspace, IReadOnlyCollection<string>? wanted, CancellationToken cancellationToken) =>
        People.WithProgress("Landing", async report =>
        {
            var streams = workspace.OpenStreams();
            Dictionary<string, long>? heads = null;
            for (var wait = new Waiting(); ;)
            {
                try
                {
                    await using var lander = await workspace.OpenLanderAsync();
                    var progress = new Direct<LandProgress>(p => report(p.Total == 0 ? 1 : (double)p.Decided / p.Total, $"{p.Decided:N0} of {p.Total:N0} events"));
                    return await lander.LandAsync(streams, progress, cancellationToken);
                }
                catch (WeirException locked) when (locked.Code == Locked)
                {
                    // Another lander is at work: wait for it, and take its place if it goes.
                    heads ??= streams.Where(s => wanted?.Contains(s.Id) ?? true).ToDictionary(s => s.Id, HeadOf, StringComparer.Ordinal);
                    var positions = workspace.Lake.Positions;
                    var missing = heads.Sum(h => Math.Max(0, h.Value - positions.GetValueOrDefault(h.Key)));
                    if (missing == 0) return new LandResult(0, 0, 0, 0, []);
                    report(0, $"{missing:N0} events wait for the running lander");
                    wait.Check(missing, workspace.Time.GetUtcNow());
                    await Task.Delay(Pause, workspace.Time, cancellationToken);
                }
            }
        });

    /// <summary>A stream that cannot be read is the running lander's to tell; there is nothing of it to wait for.</summary>
    public static long HeadOf(IEventStream stream)
    {
        try
        {
            return stream.ReadHead();
        }
        catch (WeirException)
        {
            return 0;
        }
    }

    /// <summary>Notices a running lander that makes no headway.</summary>
    internal sealed class Waiting
    {
        private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
        private (long Missing, DateTimeOffset Since)? last;

        public void Check(long missing, DateTimeOffset now)
        {
            if (last is not { } before || before.Missing != missing) last = (missing, now);
            else if (now - before.Since > Patience)
            {
                throw new WeirException("WEIR1016",
                    $"{missing:N0} received events wait for the running lander, which has committed none of them for {Patience.TotalMinutes:N0} minutes. They are durable and will land; look at the output of that 'weir up' for what it waits for.");
            }
        }
    }

    /// <summary>Tells what a landing did; false if a stream waits.</summary>
    public static bool Tell(LandResult result)
    {
        if (result.Events > 0)
            People.Good($"{result.Events:N0} events decided in {result.Commits:N0} commit{(result.Commits == 1 ? "" : "s")}: {result.Landed:N0} landed, {result.Duplicate:N0} duplicate, {result.Quarantined:N0} quarantined{(result.Dropped > 0 ? $", {result.Dropped:N0} dropped" : "")}");
        foreach (var problem in result.Problems)
            People.Bad(Sentence(problem));
        return result.Problems.Count == 0;
    }

    /// <summary>A stream's problem: it waits, or it has landed and its segments could not be moved.</summary>
    public static string Sentence(StreamProblem problem) => problem.Code == NotMoved
        ? $"{problem.Source}: {problem.Code} {problem.Message}"
        : $"{problem.Source}: landing of stream {problem.Stream} waits at {problem.Position:N0}. {problem.Code} {problem.Message}";

    /// <summary>Progress told on the thread that makes it: bars must not run behind.</summary>
    internal sealed class Direct<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
