using Weir.DuckDb;
using Weir.Lake;
using Weir.Models;
using Weir.Output;

namespace Weir.Roles.Ownership;

/// <summary>
/// The warehouse in the process that has its file: queries beside each other and beside a build, builds one at a time, and each of them over one
/// state of the lake. The lake's views are shared: so they are replaced only while no build reads them, and a query begins its transaction before
/// anybody may replace them again.
/// </summary>
internal sealed class OwnedWarehouse(DuckDBConnection root) : IDisposable
{
    private static readonly TimeSpan WaitForBuild = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim views = new(1);
    private long? version; // an empty lake has one, too

    /// <summary>The lake as its views show it; null until they are made.</summary>
    public Snapshot? Seen { get; private set; }

    /// <summary>A connection of its own.</summary>
    public DuckDBConnection Connect()
    {
        var connection = root.Duplicate();
        connection.Execute("SET TimeZone = 'UTC'");
        return connection;
    }

    /// <summary>Starts a person's query over the newest whole state: what the lake's last commit and the last build left.</summary>
    public async Task<GuardedQuery> QueryAsync(Workspace workspace, string sql, QueryLimits limits, CancellationToken cancellationToken)
    {
        var snapshot = workspace.ReadWholeSnapshot();
        var mine = await views.WaitAsync(snapshot.LedgerVersion == version ? TimeSpan.Zero : WaitForBuild, cancellationToken);
        try
        {
            if (mine) Refresh(workspace.ReadWholeSnapshot());
            else if (snapshot.LedgerVersion != version)
                People.Warn($"A build runs: the lake is shown as that build reads it, at version {version:N0}; the newest is {snapshot.LedgerVersion:N0}");
            return await Task.Run(() => GuardedQuery.Run(root, sql, limits, Release, cancellationToken), cancellationToken);
        }
        finally
        {
            Release();
        }

        // Once the query's transaction has begun, the views may be replaced: it sees those it has begun with.
        void Release()
        {
            if (mine) views.Release();
            mine = false;
        }
    }

    /// <summary>Builds, after any build that runs already.</summary>
    public Task<BuildResult> BuildAsync(Workspace workspace, BuildRequest request, IProgress<NodeProgress>? progress, CancellationToken cancellationToken) =>
        OverLakeAsync(workspace, (connection, snapshot) => Building.RunAsync(workspace, connection, snapshot, request, progress, cancellationToken), cancellationToken);

    /// <summary>Works over the lake as it is now, while nothing else builds.</summary>
    public async Task<T> OverLakeAsync<T>(Workspace workspace, Func<DuckDBConnection, Snapshot, Task<T>> work, CancellationToken cancellationToken)
    {
        if (!await views.WaitAsync(TimeSpan.FromMilliseconds(500), cancellationToken))
        {
            People.Say("  Another build runs; this one waits for it");
            await views.WaitAsync(cancellationToken);
        }
        try
        {
            var snapshot = workspace.ReadWholeSnapshot();
            Refresh(snapshot);
            using var connection = Connect();
            return await work(connection, snapshot);
        }
        finally
        {
            views.Release();
        }
    }

    /// <summary>Looks at what there is, on a connection of its own. The lake's views are there; while a build runs, as that build reads them.</summary>
    public async Task<T> LookAsync<T>(Workspace workspace, Func<DuckDBConnection, T> look, CancellationToken cancellationToken)
    {
        if (await views.WaitAsync(Seen is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellationToken))
        {
            try
            {
                Refresh(workspace.ReadWholeSnapshot());
            }
            finally
            {
                views.Release();
            }
        }

        using var connection = Connect();
        return await Task.Run(() => look(connection), cancellationToken);
    }

    public void Dispose()
    {
        root.Dispose();
        views.Dispose();
    }

    private void Refresh(Snapshot snapshot)
    {
        if (snapshot.LedgerVersion == version) return;
        using var connection = Connect();
        LakeViews.Create(connection, snapshot);
        (version, Seen) = (snapshot.LedgerVersion, snapshot);
    }
}
