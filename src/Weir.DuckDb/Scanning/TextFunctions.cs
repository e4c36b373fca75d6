using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Weir.DuckDb.Native;
using static Weir.DuckDb.Native.NativeMethods;

namespace Weir.DuckDb.Scanning;

/// <summary>The scalar functions behind <see cref="TextFunction"/>. An exception that left a callback would end the process, so each is told to DuckDB.</summary>
internal static unsafe class TextFunctions
{
    private static readonly ConcurrentDictionary<nint, Func<string, string>> Known = new();
    private static long last;

    public static void Register(DuckDBConnection connection, string name, Func<string, string> function)
    {
        var key = (nint)Interlocked.Increment(ref last);
        Known[key] = function;
        var scalar = duckdb_create_scalar_function();
        try
        {
            using var varchar = new LogicalTypeHandle(duckdb_create_logical_type(DuckDBType.Varchar));
            duckdb_scalar_function_set_name(scalar, name);
            duckdb_scalar_function_add_parameter(scalar, varchar);
            duckdb_scalar_function_set_return_type(scalar, varchar);
            duckdb_scalar_function_set_extra_info(scalar, key, 0);
            duckdb_scalar_function_set_function(scalar, &Run);
            if (duckdb_register_scalar_function(connection.Handle, scalar) != 0) throw new DuckDBException($"Catalog Error: DuckDB refused the function {name}; is it registered already?");
        }
        finally
        {
            duckdb_destroy_scalar_function(ref scalar);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run(nint info, nint input, nint output)
    {
        try
        {
            var function = Known[duckdb_scalar_function_get_extra_info(info)];
            var texts = (TextCell*)duckdb_vector_get_data(duckdb_borrowed_chunk_get_vector(input, 0));
            var count = duckdb_borrowed_chunk_get_size(input);
            for (var row = 0UL; row < count; row++)
            {
                var result = Encoding.UTF8.GetBytes(function(Encoding.UTF8.GetString(TextCell.Bytes(texts + row))));
                fixed (byte* bytes = result) duckdb_vector_assign_string_element_len(output, row, bytes, (ulong)result.Length);
            }
        }
#pragma warning disable CA1031 // see above
        catch (Exception e)
#pragma warning restore CA1031
        {
            duckdb_scalar_function_set_error(info, WeirException.Sentence(e));
        }
    }
}
