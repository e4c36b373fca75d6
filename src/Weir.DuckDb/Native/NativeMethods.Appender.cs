using System.Runtime.InteropServices;

namespace Weir.DuckDb.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Duckdb, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int duckdb_appender_create_ext(ConnectionHandle connection, string? catalog, string? schema, string table, out nint appender);
    [LibraryImport(Duckdb)] internal static partial ulong duckdb_appender_column_count(AppenderHandle appender);
    [LibraryImport(Duckdb)] internal static partial byte* duckdb_appender_error(AppenderHandle appender);
    [LibraryImport(Duckdb)] internal static partial int duckdb_appender_flush(AppenderHandle appender);
    [LibraryImport(Duckdb)] internal static partial int duckdb_appender_close(AppenderHandle appender);
    [LibraryImport(Duckdb)] internal static partial int duckdb_appender_destroy(ref nint appender);
    [LibraryImport(Duckdb)] internal static partial int duckdb_appender_end_row(AppenderHandle appender);
    [LibraryImport(Duckdb)] internal static partial int duckdb_append_default(AppenderHandle appender);
    [LibraryImport(Duckdb)] internal static partial int duckdb_append_null(AppenderHandle appender);
    [LibraryImport(Duckdb)] internal static partial int duckdb_append_bool(AppenderHandle appender, byte value);
    [LibraryImport(Duckdb)] internal static partial int duckdb_append_int32(AppenderHandle appender, int value);
    [LibraryImport(Duckdb)] internal static partial int duckdb_append_int64(AppenderHandle appender, long value);
    [LibraryImport(Duckdb)] internal static partial int duckdb_append_double(AppenderHandle appender, double value);
    [LibraryImport(Duckdb)] internal static partial int duckdb_append_timestamp(AppenderHandle appender, long micros);
    [LibraryImport(Duckdb)] internal static partial int duckdb_append_varchar_length(AppenderHandle appender, byte* text, ulong length);
    [LibraryImport(Duckdb)] internal static partial int duckdb_append_blob(AppenderHandle appender, byte* data, ulong length);
    [LibraryImport(Duckdb)] internal static partial int duckdb_append_value(AppenderHandle appender, ValueHandle value);
}
