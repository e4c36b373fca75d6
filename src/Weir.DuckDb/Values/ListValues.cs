using System.Collections;
using Weir.DuckDb.Native;
using static Weir.DuckDb.Native.NativeMethods;

namespace Weir.DuckDb.Values;

/// <summary>A .NET list as a DuckDB LIST. Its elements are of one type, or null.</summary>
internal static unsafe class ListValues
{
    private const byte MostDecimalDigits = 38;

    public static nint Create(IEnumerable items)
    {
        var values = new List<ValueHandle>();
        ValueHandle? first = null;
        Type? type = null;
        byte scale = 0;
        try
        {
            foreach (var item in items)
            {
                values.Add(ValueFactory.Create(item));
                if (item is null or DBNull)
                    continue;
                first ??= values[^1];
                type ??= item.GetType();
                if (item.GetType() != type)
                    throw new ArgumentException($"A list as a parameter has elements of one type, and this one has {type} and {item.GetType()}. Convert them to one.");
                if (item is decimal number)
                    scale = Math.Max(scale, number.Scale);
            }
            return Create(values, type, first, scale);
        }
        finally
        {
            values.ForEach(v => v.Dispose());
        }
    }

    private static nint Create(List<ValueHandle> values, Type? type, ValueHandle? first, byte scale)
    {
        // Every decimal value has a width of its own: the list takes the widest. A list of nothing is of type NULL, which fits every column.
        using var made = type is null ? new LogicalTypeHandle(duckdb_create_logical_type(DuckDBType.SqlNull))
            : type == typeof(decimal) ? new LogicalTypeHandle(duckdb_create_decimal_type(MostDecimalDigits, scale))
            : null;
        var element = made?.DangerousGetHandle() ?? duckdb_get_value_type(first!);
        var pointers = new nint[values.Count + 1]; // one more, because DuckDB refuses a null pointer for an empty list
        for (var i = 0; i < values.Count; i++)
            pointers[i] = values[i].DangerousGetHandle();
        fixed (nint* start = pointers)
        {
            var list = duckdb_create_list_value(element, start, (ulong)values.Count);
            return list != 0 ? list : throw new ArgumentException($"DuckDB could not make a list of {values.Count} values of type {type}.");
        }
    }
}
