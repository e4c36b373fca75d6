using System.Collections;
using System.Numerics;
using Weir.DuckDb.Native;
using static Weir.DuckDb.Native.NativeMethods;

namespace Weir.DuckDb.Values;

/// <summary>A .NET value as a DuckDB value of the type that corresponds to it.</summary>
internal static unsafe class ValueFactory
{
    /// <exception cref="NotSupportedException">DuckDB has no type for it.</exception>
    public static ValueHandle Create(object? value) => new(value switch
    {
        null or DBNull => duckdb_create_null_value(),
        string text => Varchar(text),
        char letter => Varchar(letter.ToString()),
        bool flag => duckdb_create_bool(flag ? (byte)1 : (byte)0),
        int number => duckdb_create_int32(number),
        long number => duckdb_create_int64(number),
        short number => duckdb_create_int16(number),
        sbyte number => duckdb_create_int8(number),
        byte number => duckdb_create_uint8(number),
        ushort number => duckdb_create_uint16(number),
        uint number => duckdb_create_uint32(number),
        ulong number => duckdb_create_uint64(number),
        Int128 number => duckdb_create_hugeint(HugeInt.From(number)),
        UInt128 number => duckdb_create_uhugeint(HugeInt.From(number)),
        BigInteger number => duckdb_create_hugeint(HugeInt.From((Int128)number)),
        float number => duckdb_create_float(number),
        double number => duckdb_create_double(number),
        decimal number => duckdb_create_decimal(Decimals.Write(number)),
        Guid id => duckdb_create_uuid(Uuids.ToPlain(id)),
        DateOnly date => duckdb_create_date(Times.Date(date)),
        TimeOnly time => duckdb_create_time(Times.Time(time)),
        DateTime { Kind: DateTimeKind.Unspecified } time => duckdb_create_timestamp(Times.Micros(time)),
        DateTime time => duckdb_create_timestamp_tz(Times.Micros(time.ToUniversalTime())),
        DateTimeOffset time => duckdb_create_timestamp_tz(Times.Micros(time.UtcDateTime)),
        TimeSpan span => duckdb_create_interval(DuckDBInterval.FromTimeSpan(span)),
        DuckDBInterval interval => duckdb_create_interval(interval),
        byte[] bytes => Blob(bytes),
        ReadOnlyMemory<byte> bytes => Blob(bytes.Span),
        Memory<byte> bytes => Blob(bytes.Span),
        IDictionary => throw new NotSupportedException("A dictionary cannot be a parameter. Pass JSON text, or one parameter per field and build the struct in SQL."),
        IEnumerable list => ListValues.Create(list),
        _ => throw new NotSupportedException(
            $"A value of .NET type {value.GetType()} has no counterpart in DuckDB. Pass text, a number, bool, Guid, a date or time, bytes, or a list of these."),
    });

    private static nint Varchar(string text)
    {
        var bytes = Utf8.Encode(text);
        fixed (byte* first = bytes)
            return duckdb_create_varchar_length(first, (ulong)bytes.Length);
    }

    private static nint Blob(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
            return duckdb_create_blob(first, (ulong)bytes.Length);
    }
}
