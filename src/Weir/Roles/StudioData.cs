using System.Data.Common;
using Weir.Accounting;
using Weir.DuckDb;
using Weir.Lake;
using Weir.Land;
using Weir.Roles.Ownership;
using Weir.Studio;

namespace Weir.Roles;

/// <summary>What the Studio's pages read: the account and the live tiles from journal and lake, everything else from the warehouse.</summary>
internal sealed class StudioData(Workspace workspace, OwnedWarehouse warehouse, LagMetrics lag) : IStudioData, IDisposable
{
    private readonly DuckDBConnection lake = Open();
    private readonly AccountReader account = new(workspace.Lake);
    private readonly SemaphoreSlim one = new(1);

    public Task<AccountReport> ReadAccountAsync(CancellationToken cancellationToken) =>
        Task.Run(() => account.Read(workspace.OpenStreams), cancellationToken);

    public Task<IReadOnlyList<StreamLag>> ReadLagAsync(CancellationToken cancellationToken) => lag.ReadAsync(cancellationToken);

    public Task<IReadOnlyList<QuarantineCount>> ReadQuarantinedAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        ReadLakeAsync(from, to, "select source, reason, count(*) from lake.quarantine where received_at >= ? and received_at < ? group by all",
            r => new QuarantineCount(r.GetString(0), r.GetString(1), r.GetInt64(2)), cancellationToken);

    public Task<IReadOnlyList<MinuteCount>> ReadMinutesAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        ReadLakeAsync(from, to, "select date_trunc('minute', event_time), source, count(*) from lake.events where event_time >= ? and event_time < ? group by all",
            r => new MinuteCount(r.GetDateTime(0), r.GetString(1), r.GetInt64(2)), cancellationToken);

    public Task<DbConnection> OpenWarehouseAsync(CancellationToken cancellationToken) => Task.FromResult<DbConnection>(warehouse.Connect());

    // One at a time: the views are made anew for each question, over the files that can hold its answer.
    private async Task<IReadOnlyList<T>> ReadLakeAsync<T>(DateTimeOffset from, DateTimeOffset to, string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            var filter = new LakeFilter(from.UtcDateTime, to.UtcDateTime);
            await Task.Run(() => LakeViews.Create(lake, workspace.ReadWholeSnapshot(), filter), cancellationToken);
            using var command = lake.CreateCommand();
            command.CommandText = sql;
            command.Parameters.Add(new DuckDBParameter(from));
            command.Parameters.Add(new DuckDBParameter(to));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken)) rows.Add(read(reader));
            return rows;
        }
        finally
        {
            one.Release();
        }
    }

    private static DuckDBConnection Open()
    {
        var connection = new DuckDBConnection("Data Source=:memory:;threads=1;memory_limit=512MB");
        connection.Open();
        connection.Execute("SET TimeZone = 'UTC'");
        return connection;
    }

    public void Dispose()
    {
        lake.Dispose();
        one.Dispose();
    }
}
