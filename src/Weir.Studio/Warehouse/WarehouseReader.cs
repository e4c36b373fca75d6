using System.Data.Common;

namespace Weir.Studio.Warehouse;

/// <summary>One connection and one transaction for one request: all that a page shows is of one publication, though a build publishes while it is made.</summary>
internal sealed class WarehouseReader : IAsyncDisposable
{
    private readonly DbConnection connection;
    private DbTransaction transaction;

    private WarehouseReader(DbConnection connection, DbTransaction transaction, Catalogue catalogue) => (this.connection, this.transaction, Catalogue) = (connection, transaction, catalogue);

    /// <summary>What there was when the transaction began.</summary>
    public Catalogue Catalogue { get; }

    public static async Task<WarehouseReader> OpenAsync(IStudioData data, CancellationToken cancellationToken)
    {
        var connection = await data.OpenWarehouseAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var columns = await QueryAsync(
                connection,
                """
                select table_schema, table_name, column_name, data_type from information_schema.columns
                where table_catalog = current_database() and table_schema not in ('information_schema', 'pg_catalog')
                """,
                r => new Column(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3)), [], cancellationToken);
            return new WarehouseReader(connection, transaction, new Catalogue(columns));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The rows of a query. Identifiers in its text come from <see cref="Catalogue"/>; values are parameters <c>$1</c>, <c>$2</c>, ….</summary>
    public async Task<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> read, object[] parameters, CancellationToken cancellationToken)
    {
        try
        {
            return await QueryAsync(connection, sql, read, parameters, cancellationToken);
        }
        catch (DbException)
        {
            // A failed statement ends its transaction. The page says so where it stands; the rest of it is read in another.
            await transaction.DisposeAsync();
            transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private static async Task<List<T>> QueryAsync<T>(
        DbConnection connection, string sql, Func<DbDataReader, T> read, object[] parameters, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        // The only texts that reach this line are this project's own, with identifiers quoted by the catalogue.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var value in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) rows.Add(read(reader));
        return rows;
    }
}
