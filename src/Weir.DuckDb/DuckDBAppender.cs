using System.Text;
using Weir.DuckDb.Native;
using Weir.DuckDb.Values;
using static Weir.DuckDb.Native.NativeMethods;

namespace Weir.DuckDb;

/// <summary>
/// Inserts rows without SQL: a value per column in the table's order, then <see cref="EndRow"/>. Rows are in the table after <see cref="Flush"/>
/// or <see cref="Close"/> (in the connection's transaction, if one is open); DuckDB also flushes by itself every 204,800 rows.
/// Disposed without <see cref="Close"/> it closes too, and loses errors: close it.
/// </summary>
public sealed unsafe class DuckDBAppender : IDisposable
{
    private const int MostOnStack = 512;

    private readonly DuckDBConnection connection;
    private readonly AppenderHandle handle;
    private readonly WeakReference<IDisposable> registration;
    private readonly string table;

    internal DuckDBAppender(DuckDBConnection connection, string? catalog, string? schema, string table)
    {
        this.connection = connection;
        this.table = table;
        var state = duckdb_appender_create_ext(connection.Handle, catalog, schema, table, out var pointer);
        handle = new AppenderHandle(pointer);
        if (state != 0)
            using (handle)
                throw Failure();
        registration = connection.OpenThings.Add(handle);
    }

    /// <summary>The number of columns a row needs.</summary>
    public int ColumnCount => (int)duckdb_appender_column_count(handle);

    /// <summary>Appends NULL.</summary>
    public DuckDBAppender AppendNullValue() => Check(duckdb_append_null(handle));

    /// <summary>Appends the column's default.</summary>
    public DuckDBAppender AppendDefault() => Check(duckdb_append_default(handle));

    /// <summary>Appends a value; null as NULL.</summary>
    public DuckDBAppender AppendValue(bool? value) => value is { } v ? Check(duckdb_append_bool(handle, v ? (byte)1 : (byte)0)) : AppendNullValue();

    /// <inheritdoc cref="AppendValue(bool?)"/>
    public DuckDBAppender AppendValue(int? value) => value is { } v ? Check(duckdb_append_int32(handle, v)) : AppendNullValue();

    /// <inheritdoc cref="AppendValue(bool?)"/>
    public DuckDBAppender AppendValue(long? value) => value is { } v ? Check(duckdb_append_int64(handle, v)) : AppendNullValue();

    /// <inheritdoc cref="AppendValue(bool?)"/>
    public DuckDBAppender AppendValue(double? value) => value is { } v ? Check(duckdb_append_double(handle, v)) : AppendNullValue();

    /// <inheritdoc cref="AppendValue(bool?)"/>
    public DuckDBAppender AppendValue(decimal? value) => AppendAny(value);

    /// <inheritdoc cref="AppendValue(bool?)"/>
    public DuckDBAppender AppendValue(Guid? value) => AppendAny(value);

    /// <inheritdoc cref="AppendValue(bool?)"/>
    public DuckDBAppender AppendValue(DateOnly? value) => AppendAny(value);

    /// <summary>Appends a time to a TIMESTAMP or TIMESTAMPTZ column (Local is converted to UTC); below a microsecond it is cut.</summary>
    public DuckDBAppender AppendValue(DateTime? value) => value is { } v
        ? Check(duckdb_append_timestamp(handle, Times.Micros(v.Kind == DateTimeKind.Local ? v.ToUniversalTime() : v))) : AppendNullValue();

    /// <summary>Appends text; null as NULL.</summary>
    public DuckDBAppender AppendValue(string? value)
    {
        if (value is null)
            return AppendNullValue();
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var bytes = most <= MostOnStack ? stackalloc byte[most] : new byte[most];
        return AppendChecked(bytes[..Encoding.UTF8.GetBytes(value, bytes)]);
    }

    /// <summary>Appends text given as UTF-8.</summary>
    /// <exception cref="ArgumentException">It is not valid UTF-8, which DuckDB would turn into NULL without a word.</exception>
    public DuckDBAppender AppendUtf8(ReadOnlySpan<byte> text) => System.Text.Unicode.Utf8.IsValid(text) ? AppendChecked(text)
        : throw new ArgumentException($"The text for {table} is not valid UTF-8 ({text.Length} bytes). Replace or refuse it before it is appended.", nameof(text));

    /// <summary>Appends bytes to a BLOB column.</summary>
    public DuckDBAppender AppendValue(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
            return Check(duckdb_append_blob(handle, first, (ulong)bytes.Length));
    }

    /// <inheritdoc cref="AppendValue(bool?)"/>
    public DuckDBAppender AppendValue(byte[]? bytes) => bytes is null ? AppendNullValue() : AppendValue((ReadOnlySpan<byte>)bytes);

    /// <summary>Appends a value of any type that a parameter may have.</summary>
    public DuckDBAppender AppendAny(object? value)
    {
        using var native = ValueFactory.Create(value);
        return Check(duckdb_append_value(handle, native));
    }

    /// <summary>Ends the row.</summary>
    /// <exception cref="DuckDBException">A column lacks its value.</exception>
    public DuckDBAppender EndRow() => Check(duckdb_appender_end_row(handle));

    /// <summary>Puts the rows appended so far into the table.</summary>
    /// <exception cref="DuckDBException">A constraint does not hold: none of them is in the table.</exception>
    public void Flush() => Check(duckdb_appender_flush(handle));

    /// <summary>Puts the last rows into the table and ends.</summary>
    /// <exception cref="DuckDBException">A constraint does not hold: none of the rows since the last flush is in the table.</exception>
    public void Close()
    {
        if (handle.IsClosed)
            return;
        try
        {
            Check(duckdb_appender_close(handle));
        }
        finally
        {
            Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        connection.OpenThings.Remove(registration);
        handle.Dispose();
    }

    private DuckDBAppender AppendChecked(ReadOnlySpan<byte> text)
    {
        fixed (byte* first = text)
            return Check(duckdb_append_varchar_length(handle, first, (ulong)text.Length));
    }

    private DuckDBAppender Check(int state) => state == 0 ? this : throw Failure();

    private DuckDBException Failure() => new(Utf8.Borrow(duckdb_appender_error(handle)));
}
