using System.Runtime.InteropServices;

namespace Weir.DuckDb.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Duckdb)] internal static partial ulong duckdb_data_chunk_get_size(ChunkHandle chunk);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_data_chunk_get_vector(ChunkHandle chunk, ulong column);
    [LibraryImport(Duckdb)] internal static partial void duckdb_destroy_data_chunk(ref nint chunk);

    // Vectors belong to their chunk and are never freed on their own.
    [LibraryImport(Duckdb)] internal static partial void* duckdb_vector_get_data(nint vector);
    [LibraryImport(Duckdb)] internal static partial ulong* duckdb_vector_get_validity(nint vector);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_list_vector_get_child(nint vector);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_struct_vector_get_child(nint vector, ulong index);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_array_vector_get_child(nint vector);

    // Types
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_logical_type(DuckDBType type);
    [LibraryImport(Duckdb)] internal static partial void duckdb_destroy_logical_type(ref nint type);
    [LibraryImport(Duckdb)] internal static partial DuckDBType duckdb_get_type_id(LogicalTypeHandle type);
    [LibraryImport(Duckdb)] internal static partial byte* duckdb_logical_type_get_alias(LogicalTypeHandle type);
    [LibraryImport(Duckdb)] internal static partial byte duckdb_decimal_width(LogicalTypeHandle type);
    [LibraryImport(Duckdb)] internal static partial byte duckdb_decimal_scale(LogicalTypeHandle type);
    [LibraryImport(Duckdb)] internal static partial DuckDBType duckdb_decimal_internal_type(LogicalTypeHandle type);
    [LibraryImport(Duckdb)] internal static partial DuckDBType duckdb_enum_internal_type(LogicalTypeHandle type);
    [LibraryImport(Duckdb)] internal static partial uint duckdb_enum_dictionary_size(LogicalTypeHandle type);
    [LibraryImport(Duckdb)] internal static partial byte* duckdb_enum_dictionary_value(LogicalTypeHandle type, ulong index);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_list_type_child_type(LogicalTypeHandle type);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_array_type_child_type(LogicalTypeHandle type);
    [LibraryImport(Duckdb)] internal static partial ulong duckdb_array_type_array_size(LogicalTypeHandle type);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_map_type_key_type(LogicalTypeHandle type);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_map_type_value_type(LogicalTypeHandle type);
    [LibraryImport(Duckdb)] internal static partial ulong duckdb_struct_type_child_count(LogicalTypeHandle type);
    [LibraryImport(Duckdb)] internal static partial byte* duckdb_struct_type_child_name(LogicalTypeHandle type, ulong index);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_struct_type_child_type(LogicalTypeHandle type, ulong index);
    [LibraryImport(Duckdb)] internal static partial ulong duckdb_union_type_member_count(LogicalTypeHandle type);
    [LibraryImport(Duckdb)] internal static partial byte* duckdb_union_type_member_name(LogicalTypeHandle type, ulong index);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_union_type_member_type(LogicalTypeHandle type, ulong index);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_decimal_type(byte width, byte scale);
}
