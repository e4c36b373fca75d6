using System.Runtime.InteropServices;

namespace Weir.DuckDb.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_scalar_function();
    [LibraryImport(Duckdb)] internal static partial void duckdb_destroy_scalar_function(ref nint function);
    [LibraryImport(Duckdb, StringMarshalling = StringMarshalling.Utf8)] internal static partial void duckdb_scalar_function_set_name(nint function, string name);
    [LibraryImport(Duckdb)] internal static partial void duckdb_scalar_function_add_parameter(nint function, LogicalTypeHandle type);
    [LibraryImport(Duckdb)] internal static partial void duckdb_scalar_function_set_return_type(nint function, LogicalTypeHandle type);
    [LibraryImport(Duckdb)] internal static partial void duckdb_scalar_function_set_extra_info(nint function, nint extra, nint destroy);
    [LibraryImport(Duckdb)] internal static partial void duckdb_scalar_function_set_function(nint function, delegate* unmanaged[Cdecl]<nint, nint, nint, void> run);
    [LibraryImport(Duckdb)] internal static partial int duckdb_register_scalar_function(ConnectionHandle connection, nint function);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_scalar_function_get_extra_info(nint info);
    [LibraryImport(Duckdb, StringMarshalling = StringMarshalling.Utf8)] internal static partial void duckdb_scalar_function_set_error(nint info, string error);
    [LibraryImport(Duckdb, EntryPoint = "duckdb_data_chunk_get_size")] internal static partial ulong duckdb_borrowed_chunk_get_size(nint chunk);
    [LibraryImport(Duckdb)] internal static partial void duckdb_vector_assign_string_element_len(nint vector, ulong row, byte* text, ulong length);
}
