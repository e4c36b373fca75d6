using Weir.DuckDb.Databases;
using Weir.DuckDb.Native;
using Weir.DuckDb.Reading;

namespace Weir.DuckDb.Statements;

/// <summary>The result of one statement, fetched chunk by chunk (2,048 rows at most).</summary>
internal sealed unsafe class QueryResult : IDisposable
{
    private const int ChangedRows = 1, Rows = 3; // duckdb_result_type

    private readonly DuckDBConnection connection;
    private readonly ResultHandle handle;
    private readonly Execution execution;
    private readonly WeakReference<IDisposable> registration;
    private ChunkHandle? chunk;

    public QueryResult(DuckDBConnection connection, ResultHandle handle, Execution execution)
    {
        this.connection = connection;
        this.handle = handle;
        this.execution = execution;
        registration = connection.OpenThings.Add(this);
        var kind = NativeMethods.duckdb_result_return_type(handle.Value);
        HasRows = kind == Rows;
        RowsChanged = kind == ChangedRows ? (long)NativeMethods.duckdb_rows_changed(handle) : 0;
        Columns = HasRows ? ReadColumns() : [];
    }

    /// <summary>Does the statement give rows (if maybe none), rather than a count?</summary>
    public bool HasRows { get; }

    public long RowsChanged { get; }

    public Column[] Columns { get; }

    public bool IsClosed => handle.IsClosed;

    /// <summary>Makes the next chunk's rows readable through <see cref="Columns"/>.</summary>
    /// <returns>The number of its rows; 0 after the last.</returns>
    public long FetchChunk()
    {
        chunk?.Dispose();
        chunk = null;
        ObjectDisposedException.ThrowIf(handle.IsClosed, this);
        execution.ThrowIfRequested();
        var pointer = NativeMethods.duckdb_fetch_chunk(handle.Value);
        if (pointer == 0)
        {
            execution.End();
            return Utf8.Borrow(NativeMethods.duckdb_result_error(handle)) is { Length: > 0 } error ? throw execution.Failure(error) : 0;
        }
        chunk = new ChunkHandle(pointer);
        for (var i = 0; i < Columns.Length; i++)
            Columns[i].Reader.Bind(NativeMethods.duckdb_data_chunk_get_vector(chunk, (ulong)i));
        return (long)NativeMethods.duckdb_data_chunk_get_size(chunk);
    }

    public void Dispose()
    {
        connection.OpenThings.Remove(registration);
        execution.End();
        chunk?.Dispose();
        handle.Dispose();
    }

    private Column[] ReadColumns()
    {
        var columns = new Column[NativeMethods.duckdb_column_count(handle)];
        for (var i = 0; i < columns.Length; i++)
        {
            using var type = new LogicalTypeHandle(NativeMethods.duckdb_column_logical_type(handle, (ulong)i));
            columns[i] = new Column(Utf8.Borrow(NativeMethods.duckdb_column_name(handle, (ulong)i)), VectorReaders.Create(type));
        }
        return columns;
    }
}

/// <summary>A column of a result.</summary>
internal sealed record Column(string Name, VectorReader Reader);
