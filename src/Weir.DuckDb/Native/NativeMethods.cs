using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace Weir.DuckDb.Native;

/// <summary>The part of DuckDB's stable C API (<c>duckdb.h</c>) that Weir uses, under the names it has there.
/// Handles go in as safe handles, so that none is freed during a call.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Duckdb = NativeLibraryFile.ImportName;

    // Opening
    [LibraryImport(Duckdb)] internal static partial byte* duckdb_library_version();
    [LibraryImport(Duckdb, StringMarshalling = StringMarshalling.Utf8)] internal static partial int duckdb_open_ext(string path, out nint database, nint config, out nint error);
    [LibraryImport(Duckdb)] internal static partial void duckdb_close(ref nint database);
    [LibraryImport(Duckdb)] internal static partial int duckdb_connect(DatabaseHandle database, out nint connection);
    [LibraryImport(Duckdb)] internal static partial void duckdb_disconnect(ref nint connection);
    [LibraryImport(Duckdb)] internal static partial int duckdb_create_config(out nint config);
    [LibraryImport(Duckdb, StringMarshalling = StringMarshalling.Utf8)] internal static partial int duckdb_set_config(nint config, string name, string option);
    [LibraryImport(Duckdb)] internal static partial void duckdb_destroy_config(ref nint config);
    [LibraryImport(Duckdb)] internal static partial void duckdb_interrupt(ConnectionHandle connection);
    [LibraryImport(Duckdb)] internal static partial QueryProgress duckdb_query_progress(ConnectionHandle connection);
    [LibraryImport(Duckdb)] internal static partial void duckdb_free(void* pointer);

    // Statements
    [LibraryImport(Duckdb, StringMarshalling = StringMarshalling.Utf8)] internal static partial ulong duckdb_extract_statements(ConnectionHandle connection, string query, out nint extracted);
    [LibraryImport(Duckdb)] internal static partial byte* duckdb_extract_statements_error(ExtractedHandle extracted);
    [LibraryImport(Duckdb)] internal static partial void duckdb_destroy_extracted(ref nint extracted);
    [LibraryImport(Duckdb)] internal static partial int duckdb_prepare_extracted_statement(ConnectionHandle connection, ExtractedHandle extracted, ulong index, out nint prepared);
    [LibraryImport(Duckdb)] internal static partial byte* duckdb_prepare_error(PreparedHandle prepared);
    [LibraryImport(Duckdb)] internal static partial void duckdb_destroy_prepare(ref nint prepared);
    [LibraryImport(Duckdb)] internal static partial ulong duckdb_nparams(PreparedHandle prepared);
    [LibraryImport(Duckdb)] internal static partial byte* duckdb_parameter_name(PreparedHandle prepared, ulong index);
    [LibraryImport(Duckdb)] internal static partial int duckdb_bind_value(PreparedHandle prepared, ulong index, ValueHandle value);
    [LibraryImport(Duckdb)] internal static partial int duckdb_pending_prepared(PreparedHandle prepared, out nint pending);
    [LibraryImport(Duckdb)] internal static partial int duckdb_pending_prepared_streaming(PreparedHandle prepared, out nint pending);
    [LibraryImport(Duckdb)] internal static partial byte* duckdb_pending_error(PendingHandle pending);
    [LibraryImport(Duckdb)] internal static partial void duckdb_destroy_pending(ref nint pending);
    [LibraryImport(Duckdb)] internal static partial int duckdb_execute_pending(PendingHandle pending, ResultHandle result);

    // Results
    [LibraryImport(Duckdb)] internal static partial void duckdb_destroy_result(NativeResult* result);
    [LibraryImport(Duckdb)] internal static partial byte* duckdb_result_error(ResultHandle result);
    [LibraryImport(Duckdb)] internal static partial int duckdb_result_return_type(NativeResult result);
    [LibraryImport(Duckdb)] internal static partial ulong duckdb_column_count(ResultHandle result);
    [LibraryImport(Duckdb)] internal static partial byte* duckdb_column_name(ResultHandle result, ulong column);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_column_logical_type(ResultHandle result, ulong column);
    [LibraryImport(Duckdb)] internal static partial ulong duckdb_rows_changed(ResultHandle result);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_fetch_chunk(NativeResult result);
}
