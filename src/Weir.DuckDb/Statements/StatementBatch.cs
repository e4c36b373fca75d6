using Weir.DuckDb.Native;

namespace Weir.DuckDb.Statements;

/// <summary>The statements of one SQL text. Each is prepared when its turn comes, because an earlier one may create what it names.</summary>
internal sealed unsafe class StatementBatch : IDisposable
{
    private readonly DuckDBConnection connection;
    private readonly ExtractedHandle extracted;
    private ulong next;

    public StatementBatch(DuckDBConnection connection, string sql)
    {
        this.connection = connection;
        Count = NativeMethods.duckdb_extract_statements(connection.Handle, Utf8.RequireNoNul(sql), out var pointer);
        extracted = new ExtractedHandle(pointer);
        if (Count > 0)
            return;
        var error = extracted.IsInvalid ? "" : Utf8.Borrow(NativeMethods.duckdb_extract_statements_error(extracted));
        extracted.Dispose();
        if (error.Length > 0)
            throw new DuckDBException(error);
    }

    /// <summary>How many statements there are; none for a text of blanks and comments.</summary>
    public ulong Count { get; }

    /// <summary>The next statement; null after the last.</summary>
    public PreparedStatement? PrepareNext(Execution execution) =>
        next < Count ? PreparedStatement.Prepare(connection, extracted, next++, execution) : null;

    public void Dispose() => extracted.Dispose();
}
