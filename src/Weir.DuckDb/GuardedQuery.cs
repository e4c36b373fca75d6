using Weir.DuckDb.Gate;

namespace Weir.DuckDb;

/// <summary>
/// SQL that a person wrote, run through the one gate: a single SELECT over the catalogue's tables, with functions that reach neither files nor settings,
/// in a read-only transaction of its own, and within limits. Views are trusted: whoever may write models made them.
/// </summary>
public sealed class GuardedQuery : IDisposable
{
    private readonly DuckDBConnection connection;
    private readonly DuckDBCommand command;
    private readonly QueryLimits limits;
    private DuckDBDataReader? reader;
    private long rows;

    private GuardedQuery(DuckDBConnection connection, string sql, QueryLimits limits)
    {
        (this.connection, this.limits) = (connection, limits);
        command = connection.CreateCommand();
        // The gate has read this very text.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        command.UseStreamingMode = true;
        command.CommandTimeout = limits.Timeout > TimeSpan.Zero ? (int)Math.Clamp(Math.Ceiling(limits.Timeout.TotalSeconds), 1, int.MaxValue / 1_000) : 0;
    }

    /// <summary>The columns' names.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>The columns' DuckDB types.</summary>
    public IReadOnlyList<string> Types { get; private set; } = [];

    /// <summary>The value of a column of the row read last; null for NULL.</summary>
    /// <exception cref="WeirException">WEIR8004: it does not fit its .NET type.</exception>
    public object? this[int column] => reader!.IsDBNull(column) ? null : reader.GetValue(column);

    /// <summary>Checks the text and starts it, on a connection of its own to the same database.</summary>
    /// <param name="database">An open connection to the database; it is free for other work meanwhile.</param>
    /// <param name="sql">What the person wrote.</param>
    /// <param name="limits">How much it may use.</param>
    /// <param name="cancellationToken">Interrupts it, while it reads too.</param>
    /// <exception cref="WeirException">WEIR8101, WEIR8110 to WEIR8117, WEIR8121 to WEIR8123: refused before anything ran. WEIR8102: DuckDB could not answer it. WEIR8118 to WEIR8120: a limit.</exception>
    public static GuardedQuery Run(DuckDBConnection database, string sql, QueryLimits limits, CancellationToken cancellationToken) => Run(database, sql, limits, null, cancellationToken);

    /// <inheritdoc cref="Run(DuckDBConnection, string, QueryLimits, CancellationToken)"/>
    /// <param name="database">An open connection to the database; it is free for other work meanwhile.</param>
    /// <param name="sql">What the person wrote.</param>
    /// <param name="limits">How much it may use.</param>
    /// <param name="begun">Called when its transaction has begun: what is committed to the database from then on it does not see.</param>
    /// <param name="cancellationToken">Interrupts it, while it reads too.</param>
    public static GuardedQuery Run(DuckDBConnection database, string sql, QueryLimits limits, Action? begun, CancellationToken cancellationToken)
    {
        var connection = database.Duplicate();
        var query = new GuardedQuery(connection, sql, limits);
        try
        {
            // What is checked and what runs see one state of the catalogue; and should the gate be wrong, nothing can be written.
            connection.Execute("set TimeZone = 'UTC'; begin transaction read only");
            connection.Execute("select count(*) from duckdb_schemas()"); // a transaction sees the state of its first look
            begun?.Invoke();
            SqlGate.Check(connection, sql);
            query.Start(cancellationToken);
            return query;
        }
        catch
        {
            query.Dispose();
            throw;
        }
    }

    /// <summary>Goes to the next row; false after the last.</summary>
    /// <exception cref="WeirException">WEIR8102: DuckDB failed on the way. WEIR8118 to WEIR8120: a limit.</exception>
    public bool Read()
    {
        if (!Told(reader!.Read)) return false;
        if (++rows > limits.MaxRows && limits.MaxRows > 0) throw Refusals.Rows(limits.MaxRows);
        return true;
    }

    /// <summary>Ends the query, finished or not.</summary>
    public void Dispose()
    {
        reader?.Dispose();
        command.Dispose();
        connection.Dispose();
    }

    private void Start(CancellationToken cancellationToken)
    {
        reader = Told(() => command.ExecuteReader(default, ownsCommand: false, cancellationToken));
        Columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        Types = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetDataTypeName)];
    }

    private T Told<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (TimeoutException error)
        {
            throw Refusals.Time(limits.Timeout, error);
        }
        catch (DuckDBException error)
        {
            throw error.ErrorType == DuckDBErrorType.OutOfMemory ? Refusals.Memory(error) : Refusals.Failed(error.Message, error);
        }
    }
}
