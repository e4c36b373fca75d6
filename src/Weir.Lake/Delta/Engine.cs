using Weir.DuckDb;

namespace Weir.Lake.Delta;

/// <summary>A small DuckDB of the lake's own, opened at first use: it reads and writes checkpoints and the ledger's files.</summary>
internal sealed class Engine : IDisposable
{
    private readonly Lock gate = new();
    private DuckDBConnection? connection;

    public T Use<T>(Func<DuckDBConnection, T> work)
    {
        lock (gate)
        {
            if (connection is null)
            {
                var opened = new DuckDBConnection("Data Source=:memory:;threads=1;memory_limit=512MB");
                opened.Open();
                opened.Execute("SET TimeZone = 'UTC'");
                connection = opened;
            }
            return work(connection);
        }
    }

    public void Dispose()
    {
        lock (gate) connection?.Dispose();
    }
}
