using Weir.DuckDb;
using Weir.Land;
using Weir.Output;

namespace Weir.Roles;

/// <summary>Land: journal and files to lake, a commit at least every interval while something waits.</summary>
internal sealed class LandRole(Workspace workspace, TimeSpan interval)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    private readonly Dictionary<string, string> told = new(StringComparer.Ordinal);

    /// <summary>Lands until cancelled. A failure ends a round, never the role: collecting goes on, and what waits is landed once the cause is gone.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                // After a failure the lander is opened anew: it reads from the ledger what stands.
                await using var lander = await workspace.OpenLanderAsync();
                await LandAsync(lander, cancellationToken);
            }
            catch (Exception error) when (error is WeirException or IOException or UnauthorizedAccessException or DuckDBException)
            {
                Tell("lander", $"Landing stopped and is tried again: {(error is WeirException weir ? $"{weir.Code} " : "")}{error.Message}");
                await Task.Delay(AfterFailure, workspace.Time, cancellationToken);
            }
        }
    }

    private async Task LandAsync(Lander lander, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await lander.LandAsync(workspace.OpenStreams(), null, cancellationToken);
            told.Remove("lander");
            foreach (var problem in result.Problems) Tell(problem.Stream, Landing.Sentence(problem));
            await Task.Delay(interval, workspace.Time, cancellationToken);
        }
    }

    // What stays wrong is told once, not at every round.
    private void Tell(string about, string message)
    {
        if (told.TryGetValue(about, out var known) && known == message) return;
        told[about] = message;
        People.Bad(message);
    }
}
