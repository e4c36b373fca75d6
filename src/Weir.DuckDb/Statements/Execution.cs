using Weir.DuckDb.Native;

namespace Weir.DuckDb.Statements;

/// <summary>One run of a command, and whether it shall stop: by its token, its time limit, or <see cref="Cancel"/>.</summary>
internal sealed class Execution : IDisposable
{
    private readonly Lock gate = new();
    private readonly ConnectionHandle connection;
    private readonly CancellationToken token;
    private readonly CancellationTokenRegistration registration;
    private readonly CancellationTokenSource? timeout;
    private readonly int timeoutSeconds;
    private bool requested, running;

    public Execution(ConnectionHandle connection, int timeoutSeconds, CancellationToken token)
    {
        this.connection = connection;
        this.token = token;
        this.timeoutSeconds = timeoutSeconds;
        registration = token.UnsafeRegister(static self => ((Execution)self!).Cancel(), this);
        if (timeoutSeconds > 0)
        {
            timeout = new CancellationTokenSource(TimeSpan.FromSeconds(timeoutSeconds));
            timeout.Token.UnsafeRegister(static self => ((Execution)self!).Cancel(), this);
        }
    }

    /// <summary>Interrupts, now or when it next runs; never another query of the connection.</summary>
    public void Cancel()
    {
        lock (gate)
        {
            requested = true;
            if (running)
                NativeMethods.duckdb_interrupt(connection);
        }
    }

    /// <summary>From here on the query uses the connection.</summary>
    /// <exception cref="OperationCanceledException">It shall not even begin.</exception>
    public void Begin()
    {
        lock (gate)
        {
            ThrowIfRequested();
            running = true;
        }
    }

    /// <summary>The query is set up: DuckDB forgot interrupts that came before.</summary>
    public void SetUp()
    {
        lock (gate)
            if (requested)
                NativeMethods.duckdb_interrupt(connection);
    }

    /// <summary>The query no longer uses the connection.</summary>
    public void End()
    {
        lock (gate)
            running = false;
    }

    public void ThrowIfRequested()
    {
        lock (gate)
            if (requested)
                throw Failure("INTERRUPT Error: Interrupted!");
    }

    /// <summary>DuckDB's error as an exception: an interrupt becomes what caused it.</summary>
    public Exception Failure(string error)
    {
        var exception = new DuckDBException(error);
        if (exception.ErrorType != DuckDBErrorType.Interrupt)
            return exception;
        if (token.IsCancellationRequested)
            return new OperationCanceledException("The query was interrupted because its token was cancelled.", exception, token);
        if (timeout is { IsCancellationRequested: true })
            return new TimeoutException($"The query ran longer than its CommandTimeout of {timeoutSeconds} s and was interrupted. Raise it, or set 0 for no limit.", exception);
        return exception;
    }

    public void Dispose()
    {
        End();
        registration.Unregister();
        timeout?.Dispose();
    }
}
