using System.Data;
using System.Data.Common;

namespace Weir.DuckDb;

/// <summary>A transaction. DuckDB knows one kind, snapshot isolation; a connection has at most one open.</summary>
public sealed class DuckDBTransaction : DbTransaction
{
    private readonly DuckDBConnection connection;
    private bool finished;

    internal DuckDBTransaction(DuckDBConnection connection, IsolationLevel isolationLevel)
    {
        if (isolationLevel is not (IsolationLevel.Unspecified or IsolationLevel.Snapshot))
            throw new NotSupportedException($"DuckDB has snapshot isolation only, and {isolationLevel} was asked for. Use IsolationLevel.Snapshot, or none.");
        if (connection.Transaction is not null)
            throw new InvalidOperationException("The connection has an open transaction. Commit or roll it back first; DuckDB does not nest transactions.");
        this.connection = connection;
        connection.Execute("begin transaction");
        connection.Transaction = this;
    }

    /// <inheritdoc/>
    public override IsolationLevel IsolationLevel => IsolationLevel.Snapshot;

    /// <inheritdoc/>
    protected override DbConnection? DbConnection => finished ? null : connection;

    /// <inheritdoc/>
    /// <exception cref="DuckDBException">DuckDB refused; the transaction is rolled back.</exception>
    public override void Commit() => Finish("commit");

    /// <inheritdoc/>
    public override void Rollback() => Finish("rollback");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !finished && connection.State == ConnectionState.Open)
            Rollback();
        base.Dispose(disposing);
    }

    private void Finish(string sql)
    {
        if (finished)
            throw new InvalidOperationException("The transaction is finished already.");
        finished = true;
        connection.Transaction = null;
        connection.Execute(sql);
    }
}
