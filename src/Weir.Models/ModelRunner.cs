using System.Collections.Concurrent;
using Weir.DuckDb;
using Weir.Models.Run;

namespace Weir.Models;

/// <summary>
/// Builds a project in a warehouse: everything is made aside, tested there, and what passed is swapped in by one transaction. What failed, everything
/// downstream of it, and every table that a kept view reads keep their previous version.
/// </summary>
public sealed class ModelRunner(ModelProject project, TimeProvider clock)
{
    // A build clears what others left aside, so two at once on one warehouse would destroy each other: the second waits.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> OneAtATime = new();

    /// <summary>Asks the chosen sources that declare a freshness how old their latest row is.</summary>
    /// <param name="request">Which sources; with a target folder, <c>sources.json</c> is written there.</param>
    /// <param name="warehouse">An open connection, used by nothing else meanwhile.</param>
    /// <param name="cancellationToken">Stops between two sources.</param>
    /// <exception cref="WeirException">WEIR7017: a selector is wrong. A source that cannot be asked is no exception but a result.</exception>
    public IReadOnlyList<SourceFreshness> CheckFreshness(BuildRequest request, DuckDBConnection warehouse, CancellationToken cancellationToken) =>
        new FreshnessCheck(project.Loaded, request, warehouse, clock).Run(cancellationToken);

    /// <summary>Builds what is asked for.</summary>
    /// <param name="request">What to build.</param>
    /// <param name="warehouse">An open connection, used by nothing else meanwhile. Sources must exist; those of schema <c>lake</c> are views made before.</param>
    /// <param name="progress">Told when each node starts and is done.</param>
    /// <param name="cancellationToken">Interrupts the running statement; nothing is published then.</param>
    /// <exception cref="WeirException">WEIR7017: a selector is wrong. WEIR7030: the publishing transaction failed. A node that fails is no exception but a result.</exception>
    public async Task<BuildResult> BuildAsync(BuildRequest request, DuckDBConnection warehouse, IProgress<NodeProgress>? progress, CancellationToken cancellationToken)
    {
        var gate = warehouse.DataSource == ":memory:" ? new SemaphoreSlim(1, 1) : OneAtATime.GetOrAdd(warehouse.DataSource, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            return await new Build(project.Loaded, request, warehouse, progress, clock).RunAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }
}
