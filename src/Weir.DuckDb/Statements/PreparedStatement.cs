using Weir.DuckDb.Databases;
using Weir.DuckDb.Native;
using Weir.DuckDb.Values;

namespace Weir.DuckDb.Statements;

/// <summary>One statement, parsed and planned by DuckDB, to be run any number of times (DuckDB plans again when the catalogue changes).</summary>
internal sealed unsafe class PreparedStatement : IDisposable
{
    private readonly DuckDBConnection connection;
    private readonly PreparedHandle handle;
    private readonly WeakReference<IDisposable> registration;
    private readonly string[] names;

    private PreparedStatement(DuckDBConnection connection, PreparedHandle handle)
    {
        this.connection = connection;
        this.handle = handle;
        names = new string[NativeMethods.duckdb_nparams(handle)];
        for (var i = 0; i < names.Length; i++)
            names[i] = Utf8.Take(NativeMethods.duckdb_parameter_name(handle, (ulong)i + 1));
        registration = connection.OpenThings.Add(handle);
    }

    public static PreparedStatement Prepare(DuckDBConnection connection, ExtractedHandle extracted, ulong index, Execution execution)
    {
        int state;
        nint pointer;
        lock (connection.Gate)
            state = NativeMethods.duckdb_prepare_extracted_statement(connection.Handle, extracted, index, out pointer);
        var handle = new PreparedHandle(pointer);
        if (state == 0)
            return new PreparedStatement(connection, handle);
        using (handle)
            throw execution.Failure(handle.IsInvalid ? "Parser Error: the statement could not be prepared" : Utf8.Borrow(NativeMethods.duckdb_prepare_error(handle)));
    }

    /// <summary>Closed with its connection?</summary>
    public bool IsClosed => handle.IsClosed;

    /// <exception cref="ArgumentException">The parameters are not those of the statement.</exception>
    public void Bind(DuckDBParameterCollection parameters)
    {
        var named = false;
        for (var i = 0; i < parameters.Count; i++)
            named |= parameters[i].ParameterName.Length > 0;
        if (parameters.Count != names.Length)
            throw new ArgumentException($"The statement has {names.Length} parameters{(names.Length == 0 ? "" : $" ({string.Join(", ", names.Select(n => "$" + n))})")}, and {parameters.Count} were given.");
        for (var i = 0; i < names.Length; i++)
        {
            // A positional parameter is named by its number.
            var position = named ? parameters.IndexOf(names[i]) : int.TryParse(names[i], out var number) ? number - 1 : i;
            if (position < 0)
                throw new ArgumentException($"The statement has a parameter ${names[i]}, and none of that name was given.");
            using var value = ValueFactory.Create(parameters[position].Value);
            if (NativeMethods.duckdb_bind_value(handle, (ulong)i + 1, value) != 0)
                throw new DuckDBException(Utf8.Borrow(NativeMethods.duckdb_prepare_error(handle)));
        }
    }

    /// <summary>Runs it. Threads that share a connection take turns here: DuckDB gives up a query that is about to run when
    /// another is prepared or run.</summary>
    public QueryResult Run(bool streaming, Execution execution)
    {
        lock (connection.Gate)
        {
            execution.Begin();
            try
            {
                return RunAlone(streaming, execution);
            }
            finally
            {
                // In memory, the rows need the connection no more; streamed ones do, until the result is closed.
                if (!streaming)
                    execution.End();
            }
        }
    }

    public void Dispose()
    {
        connection.OpenThings.Remove(registration);
        handle.Dispose();
    }

    private QueryResult RunAlone(bool streaming, Execution execution)
    {
        var state = streaming
            ? NativeMethods.duckdb_pending_prepared_streaming(handle, out var pointer)
            : NativeMethods.duckdb_pending_prepared(handle, out pointer);
        using var pending = new PendingHandle(pointer);
        if (state != 0)
            throw execution.Failure(pending.IsInvalid ? "Internal Error: no pending result" : Utf8.Borrow(NativeMethods.duckdb_pending_error(pending)));
        // Run on even if it shall stop: only DuckDB's own way to the interrupt calls back the threads that have begun already.
        execution.SetUp();
        var result = new ResultHandle();
        if (NativeMethods.duckdb_execute_pending(pending, result) == 0)
            return new QueryResult(connection, result, execution);
        using (result)
            throw execution.Failure(Utf8.Borrow(NativeMethods.duckdb_result_error(result)));
    }
}
