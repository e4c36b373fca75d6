using Weir.Land;
using Weir.Output;

namespace Weir.Roles;

/// <summary>Land: journal and files to lake, a commit at least every interval while something waits.</summary>
internal sealed class LandRole(Workspace workspace, TimeSpan interval)
{
    private readonly Dictionary<string, string> told = new(StringComparer.Ordinal);

    /// <summary>Lands until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var lander = await workspace.OpenLanderAsync();
        while (!cancellationToken.IsCancellationRequested)
        {
            var result = await lander.LandAsync(workspace.OpenStreams(), null, cancellationToken);
            Tell(result);
            await Task.Delay(interval, workspace.Time, cancellationToken);
        }
    }

    // A stream that waits is told once, not at every commit.
    private void Tell(LandResult result)
    {
        foreach (var problem in result.Problems)
        {
            if (told.TryGetValue(problem.Stream, out var message) && message == problem.Message) continue;
            told[problem.Stream] = problem.Message;
            People.Bad($"{problem.Source}: landing waits at {problem.Position:N0}. {problem.Code} {problem.Message}");
        }
    }
}
