using System.ComponentModel;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Weir.DuckDb.Statements;

namespace Weir.DuckDb;

/// <summary>SQL to run: one statement with parameters (<c>?</c>, <c>$1</c>, <c>$name</c>), or several without.
/// Run again with the same text, it keeps the statement prepared.</summary>
[DesignerCategory("Code")]
public sealed class DuckDBCommand : DbCommand
{
    private string text = "";
    private PreparedStatement? prepared;
    private bool disposed;
    private volatile Execution? current;

    /// <inheritdoc/>
    [AllowNull]
    public override string CommandText
    {
        get => text;
        set
        {
            if (text == value)
                return;
            text = value ?? "";
            Forget();
        }
    }

    /// <summary>The most seconds a run may take; 0, the default, for no limit.</summary>
    public override int CommandTimeout { get; set; }

    /// <inheritdoc/>
    public override CommandType CommandType
    {
        get => CommandType.Text;
        set
        {
            if (value != CommandType.Text)
                throw new NotSupportedException($"DuckDB runs SQL text only, and {value} was asked for. Use \"from <table>\" or \"call <function>()\" as text.");
        }
    }

    /// <inheritdoc/>
    public override bool DesignTimeVisible { get; set; }

    /// <inheritdoc/>
    public override UpdateRowSource UpdatedRowSource { get; set; }

    /// <summary>
    /// Rows come while the query still runs, and memory stays small however many there are; but until the reader is closed the connection can run
    /// nothing else, and errors may come while reading. Otherwise, the default, the query is finished before the reader opens, and its result lies in memory.
    /// </summary>
    public bool UseStreamingMode { get; set; }

    /// <inheritdoc cref="DbCommand.Connection"/>
    public new DuckDBConnection? Connection
    {
        get;
        set
        {
            if (!ReferenceEquals(field, value))
                Forget();
            field = value;
        }
    }

    /// <inheritdoc cref="DbCommand.Transaction"/>
    public new DuckDBTransaction? Transaction { get; set; }

    /// <inheritdoc cref="DbCommand.Parameters"/>
    public new DuckDBParameterCollection Parameters { get; } = new();

    /// <inheritdoc/>
    protected override DbConnection? DbConnection
    {
        get => Connection;
        set => Connection = (DuckDBConnection?)value;
    }

    /// <inheritdoc/>
    protected override DbTransaction? DbTransaction
    {
        get => Transaction;
        set => Transaction = (DuckDBTransaction?)value;
    }

    /// <inheritdoc/>
    protected override DbParameterCollection DbParameterCollection => Parameters;

    /// <summary>Interrupts the running query, from any thread; it fails with <see cref="DuckDBErrorType.Interrupt"/>. Does nothing when none runs.</summary>
    public override void Cancel() => current?.Cancel();

    /// <summary>Parses and plans the statement now, so that an error in it comes now. Several statements are prepared as they run.</summary>
    public override void Prepare()
    {
        using var execution = new Execution(Open.Handle, 0, CancellationToken.None);
        using var batch = new StatementBatch(Open, text);
        if (batch.Count == 1)
            prepared = TakePrepared() ?? batch.PrepareNext(execution);
    }

    /// <inheritdoc/>
    public override int ExecuteNonQuery() => (int)Math.Min(Run(CancellationToken.None), int.MaxValue);

    /// <inheritdoc/>
    public override object? ExecuteScalar() => Scalar(CancellationToken.None);

    /// <inheritdoc cref="DbCommand.ExecuteReader()"/>
    public new DuckDBDataReader ExecuteReader() => ExecuteReader(CommandBehavior.Default, ownsCommand: false);

    /// <summary>Runs on another thread; the token interrupts it.</summary>
    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) =>
        Task.Run(() => (int)Math.Min(Run(cancellationToken), int.MaxValue), cancellationToken);

    /// <summary>Runs on another thread; the token interrupts it.</summary>
    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) =>
        Task.Run(() => Scalar(cancellationToken), cancellationToken);

    /// <summary>Runs on another thread; the token interrupts it, and in streaming mode the reading too.</summary>
    public new Task<DuckDBDataReader> ExecuteReaderAsync(CancellationToken cancellationToken = default) =>
        Task.Run(() => ExecuteReader(CommandBehavior.Default, ownsCommand: false, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => ExecuteReader(behavior, ownsCommand: false);

    /// <inheritdoc/>
    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        await Task.Run(() => ExecuteReader(behavior, ownsCommand: false, cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    protected override DbParameter CreateDbParameter() => new DuckDBParameter();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        disposed = true;
        if (disposing)
            Forget();
        base.Dispose(disposing);
    }

    internal DuckDBDataReader ExecuteReader(CommandBehavior behavior, bool ownsCommand, CancellationToken token = default)
    {
        var run = Start(token);
        try
        {
            return new DuckDBDataReader(this, run, behavior, ownsCommand);
        }
        catch
        {
            run.Dispose();
            if (ownsCommand)
                Dispose();
            throw;
        }
    }

    /// <summary>Runs every statement and counts the rows changed.</summary>
    internal long Run(CancellationToken token)
    {
        using var run = Start(token);
        long changed = 0;
        while (run.Next() is { } result)
        {
            changed += result.RowsChanged;
            result.Dispose();
        }
        return changed;
    }

    /// <summary>Lends the kept statement, if it is still good; <see cref="Keep"/> gives it back.</summary>
    internal PreparedStatement? TakePrepared()
    {
        var taken = prepared is { IsClosed: true } ? null : prepared;
        prepared = null;
        return taken;
    }

    internal void Keep(PreparedStatement statement, string itsText, DuckDBConnection itsConnection)
    {
        if (disposed || prepared is not null || itsText != text || itsConnection != Connection)
            statement.Dispose();
        else
            prepared = statement;
    }

    private DuckDBConnection Open => Connection ?? throw new InvalidOperationException("The command has no connection.");

    private CommandRun Start(CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var execution = new Execution(Open.Handle, CommandTimeout, token);
        current = execution;
        return new CommandRun(this, Open, execution);
    }

    private object? Scalar(CancellationToken token)
    {
        using var reader = ExecuteReader(CommandBehavior.Default, ownsCommand: false, token);
        return reader.Read() ? reader.GetValue(0) : null;
    }

    private void Forget()
    {
        prepared?.Dispose();
        prepared = null;
    }
}
