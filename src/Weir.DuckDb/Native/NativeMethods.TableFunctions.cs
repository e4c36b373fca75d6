using System.Runtime.InteropServices;

namespace Weir.DuckDb.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_table_function();
    [LibraryImport(Duckdb)] internal static partial void duckdb_destroy_table_function(ref nint function);
    [LibraryImport(Duckdb, StringMarshalling = StringMarshalling.Utf8)] internal static partial void duckdb_table_function_set_name(nint function, string name);
    [LibraryImport(Duckdb)] internal static partial void duckdb_table_function_add_parameter(nint function, LogicalTypeHandle type);
    [LibraryImport(Duckdb)] internal static partial void duckdb_table_function_set_bind(nint function, delegate* unmanaged[Cdecl]<nint, void> bind);
    [LibraryImport(Duckdb)] internal static partial void duckdb_table_function_set_init(nint function, delegate* unmanaged[Cdecl]<nint, void> init);
    [LibraryImport(Duckdb)] internal static partial void duckdb_table_function_set_function(nint function, delegate* unmanaged[Cdecl]<nint, nint, void> scan);
    [LibraryImport(Duckdb)] internal static partial int duckdb_register_table_function(ConnectionHandle connection, nint function);

    [LibraryImport(Duckdb)] internal static partial nint duckdb_bind_get_parameter(nint info, ulong index);
    [LibraryImport(Duckdb)] internal static partial long duckdb_get_int64(ValueHandle value);
    [LibraryImport(Duckdb, StringMarshalling = StringMarshalling.Utf8)] internal static partial void duckdb_bind_add_result_column(nint info, string name, LogicalTypeHandle type);
    [LibraryImport(Duckdb)] internal static partial void duckdb_bind_set_bind_data(nint info, nint data, nint destroy);
    [LibraryImport(Duckdb, StringMarshalling = StringMarshalling.Utf8)] internal static partial void duckdb_bind_set_error(nint info, string error);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_function_get_bind_data(nint info);
    [LibraryImport(Duckdb, StringMarshalling = StringMarshalling.Utf8)] internal static partial void duckdb_function_set_error(nint info, string error);

    // Vectors of a chunk that is being filled
    [LibraryImport(Duckdb)] internal static partial void duckdb_data_chunk_set_size(nint chunk, ulong size);
    [LibraryImport(Duckdb, EntryPoint = "duckdb_data_chunk_get_vector")] internal static partial nint duckdb_borrowed_chunk_get_vector(nint chunk, ulong column);
    [LibraryImport(Duckdb)] internal static partial void duckdb_vector_ensure_validity_writable(nint vector);
    [LibraryImport(Duckdb)] internal static partial ulong duckdb_vector_size();
}
