using System.Runtime.InteropServices;

namespace Weir.DuckDb.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Duckdb)] internal static partial void duckdb_destroy_value(ref nint value);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_null_value();
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_bool(byte value);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_int8(sbyte value);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_uint8(byte value);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_int16(short value);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_uint16(ushort value);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_int32(int value);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_uint32(uint value);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_int64(long value);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_uint64(ulong value);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_hugeint(HugeInt value);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_uhugeint(HugeInt value);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_float(float value);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_double(double value);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_decimal(NativeDecimal value);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_varchar_length(byte* text, ulong length);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_blob(byte* data, ulong length);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_uuid(HugeInt value);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_date(int days);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_time(long micros);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_timestamp(long micros);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_timestamp_tz(long micros);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_interval(DuckDBInterval value);
    [LibraryImport(Duckdb)] internal static partial nint duckdb_create_list_value(nint type, nint* values, ulong count);
    // The type belongs to the value.
    [LibraryImport(Duckdb)] internal static partial nint duckdb_get_value_type(ValueHandle value);
}
