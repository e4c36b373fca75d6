using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Weir.DuckDb.Native;
using static Weir.DuckDb.Native.NativeMethods;

namespace Weir.DuckDb.Scanning;

/// <summary>The table function behind <see cref="RowScan"/>: its one argument says whose rows. An exception that left a callback would end the process, so each is told to DuckDB.</summary>
internal static unsafe class RowFunction
{
    public const string Name = "weir_rows";

    private static readonly ConcurrentDictionary<long, IRowSource> Sources = new();
    private static long last;

    public static long Add(IRowSource rows)
    {
        var key = Interlocked.Increment(ref last);
        Sources[key] = rows;
        return key;
    }

    public static void Remove(long key) => Sources.TryRemove(key, out _);

    public static void Register(DuckDBConnection connection)
    {
        var function = duckdb_create_table_function();
        try
        {
            using var bigint = new LogicalTypeHandle(duckdb_create_logical_type(DuckDBType.BigInt));
            duckdb_table_function_set_name(function, Name);
            duckdb_table_function_add_parameter(function, bigint);
            duckdb_table_function_set_bind(function, &Bind);
            duckdb_table_function_set_init(function, &Init);
            duckdb_table_function_set_function(function, &Scan);
            if (duckdb_register_table_function(connection.Handle, function) != 0) throw new DuckDBException($"Catalog Error: DuckDB refused the table function {Name}; is it registered already?");
        }
        finally
        {
            duckdb_destroy_table_function(ref function);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Bind(nint info)
    {
        try
        {
            using var parameter = new ValueHandle(duckdb_bind_get_parameter(info, 0));
            var key = duckdb_get_int64(parameter);
            foreach (var (name, sqlType) in Sources[key].Columns)
            {
                using var type = TypeOf(sqlType);
                duckdb_bind_add_result_column(info, name, type);
            }
            duckdb_bind_set_bind_data(info, (nint)key, 0);
        }
#pragma warning disable CA1031 // see above
        catch (Exception e)
#pragma warning restore CA1031
        {
            duckdb_bind_set_error(info, e.Message);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Init(nint info)
    {
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Scan(nint info, nint chunk)
    {
        try
        {
            duckdb_data_chunk_set_size(chunk, (ulong)Sources[duckdb_function_get_bind_data(info)].Fill(new RowChunk(chunk)));
        }
#pragma warning disable CA1031 // see above
        catch (Exception e)
#pragma warning restore CA1031
        {
            duckdb_function_set_error(info, e.Message);
        }
    }

    private static LogicalTypeHandle TypeOf(string sqlType)
    {
        if (sqlType.StartsWith("DECIMAL(", StringComparison.Ordinal))
        {
            var parts = sqlType["DECIMAL(".Length..^1].Split(',');
            return new(duckdb_create_decimal_type(byte.Parse(parts[0]), byte.Parse(parts[1])));
        }
        return new(duckdb_create_logical_type(sqlType switch
        {
            "VARCHAR" => DuckDBType.Varchar,
            "BLOB" => DuckDBType.Blob,
            "BOOLEAN" => DuckDBType.Boolean,
            "INTEGER" => DuckDBType.Integer,
            "BIGINT" => DuckDBType.BigInt,
            "DOUBLE" => DuckDBType.Double,
            "DATE" => DuckDBType.Date,
            "TIMESTAMP WITH TIME ZONE" => DuckDBType.TimestampTz,
            _ => throw new NotSupportedException($"Rows of a program cannot have the type {sqlType}."),
        }));
    }
}
