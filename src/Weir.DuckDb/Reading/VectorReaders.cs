using System.Text;
using Weir.DuckDb.Native;
using Weir.DuckDb.Values;
using static Weir.DuckDb.Native.NativeMethods;

namespace Weir.DuckDb.Reading;

/// <summary>The reader for each of DuckDB's types.</summary>
internal static unsafe class VectorReaders
{
    public static VectorReader Create(LogicalTypeHandle type)
    {
        var alias = Utf8.Take(duckdb_logical_type_get_alias(type));
        string Name(string name) => alias.Length > 0 ? alias : name;
        return duckdb_get_type_id(type) switch
        {
            DuckDBType.Boolean => new MappedReader<byte, bool>(Name("BOOLEAN"), b => b != 0),
            DuckDBType.TinyInt => new PlainReader<sbyte>(Name("TINYINT")),
            DuckDBType.SmallInt => new PlainReader<short>(Name("SMALLINT")),
            DuckDBType.Integer => new PlainReader<int>(Name("INTEGER")),
            DuckDBType.BigInt => new PlainReader<long>(Name("BIGINT")),
            DuckDBType.UTinyInt => new PlainReader<byte>(Name("UTINYINT")),
            DuckDBType.USmallInt => new PlainReader<ushort>(Name("USMALLINT")),
            DuckDBType.UInteger => new PlainReader<uint>(Name("UINTEGER")),
            DuckDBType.UBigInt => new PlainReader<ulong>(Name("UBIGINT")),
            DuckDBType.HugeInt => new MappedReader<HugeInt, Int128>(Name("HUGEINT"), h => h.ToInt128()),
            DuckDBType.UHugeInt => new MappedReader<HugeInt, UInt128>(Name("UHUGEINT"), h => h.ToUInt128()),
            DuckDBType.Float => new PlainReader<float>(Name("FLOAT")),
            DuckDBType.Double => new PlainReader<double>(Name("DOUBLE")),
            DuckDBType.Decimal => Decimal(type, alias),
            DuckDBType.Varchar => new BytesReader<string>(Name("VARCHAR"), Encoding.UTF8.GetString),
            DuckDBType.Blob => new BytesReader<byte[]>(Name("BLOB"), b => b.ToArray()),
            DuckDBType.Bit => new BytesReader<string>(Name("BIT"), BitText.Read),
            DuckDBType.BigNum => new BytesReader<System.Numerics.BigInteger>(Name("BIGNUM"), BigNumbers.Read),
            DuckDBType.Uuid => new MappedReader<HugeInt, Guid>(Name("UUID"), Uuids.FromStored),
            DuckDBType.Date => new MappedReader<int, DateOnly>(Name("DATE"), Times.Date),
            DuckDBType.Time => new MappedReader<long, TimeOnly>(Name("TIME"), Times.Time),
            DuckDBType.TimeNs => new MappedReader<long, TimeOnly>(Name("TIME_NS"), n => Times.Time(n / 1000)),
            DuckDBType.TimeTz => new MappedReader<ulong, DateTimeOffset>(Name("TIME WITH TIME ZONE"), Times.TimeTz),
            DuckDBType.Timestamp => new MappedReader<long, DateTime>(Name("TIMESTAMP"), t => Times.Timestamp(t, TimeUnit.Micros)),
            DuckDBType.TimestampS => new MappedReader<long, DateTime>(Name("TIMESTAMP_S"), t => Times.Timestamp(t, TimeUnit.Seconds)),
            DuckDBType.TimestampMs => new MappedReader<long, DateTime>(Name("TIMESTAMP_MS"), t => Times.Timestamp(t, TimeUnit.Millis)),
            DuckDBType.TimestampNs => new MappedReader<long, DateTime>(Name("TIMESTAMP_NS"), t => Times.Timestamp(t, TimeUnit.Nanos)),
            DuckDBType.TimestampTz => new MappedReader<long, DateTime>(Name("TIMESTAMP WITH TIME ZONE"), t => DateTime.SpecifyKind(Times.Timestamp(t, TimeUnit.Micros), DateTimeKind.Utc)),
            DuckDBType.Interval => new PlainReader<DuckDBInterval>(Name("INTERVAL")),
            DuckDBType.Enum => Enum(type),
            DuckDBType.List => new ListReader(Child(duckdb_list_type_child_type(type))),
            DuckDBType.Array => new ArrayReader(Child(duckdb_array_type_child_type(type)), (long)duckdb_array_type_array_size(type)),
            DuckDBType.Map => new MapReader(Child(duckdb_map_type_key_type(type)), Child(duckdb_map_type_value_type(type))),
            DuckDBType.Struct => Struct(type),
            DuckDBType.Union => Union(type),
            DuckDBType.SqlNull => new NullReader(),
            var other => new UnreadableReader(Name($"number {(int)other}")),
        };
    }

    private static VectorReader Child(nint pointer)
    {
        using var type = new LogicalTypeHandle(pointer);
        return Create(type);
    }

    private static VectorReader Decimal(LogicalTypeHandle type, string alias)
    {
        var scale = duckdb_decimal_scale(type);
        var name = alias.Length > 0 ? alias : $"DECIMAL({duckdb_decimal_width(type)},{scale})";
        return duckdb_decimal_internal_type(type) switch
        {
            DuckDBType.SmallInt => new MappedReader<short, decimal>(name, v => Decimals.Read(v, scale)),
            DuckDBType.Integer => new MappedReader<int, decimal>(name, v => Decimals.Read(v, scale)),
            DuckDBType.BigInt => new MappedReader<long, decimal>(name, v => Decimals.Read(v, scale)),
            _ => new MappedReader<HugeInt, decimal>(name, v => Decimals.Read(v.ToInt128(), scale)),
        };
    }

    private static VectorReader Enum(LogicalTypeHandle type)
    {
        var values = new string[duckdb_enum_dictionary_size(type)];
        for (var i = 0; i < values.Length; i++)
            values[i] = Utf8.Take(duckdb_enum_dictionary_value(type, (ulong)i));
        var name = $"ENUM({string.Join(", ", values.Select(v => $"'{v.Replace("'", "''", StringComparison.Ordinal)}'"))})";
        return duckdb_enum_internal_type(type) switch
        {
            DuckDBType.UTinyInt => new EnumReader<byte>(name, values, v => v),
            DuckDBType.USmallInt => new EnumReader<ushort>(name, values, v => v),
            _ => new EnumReader<uint>(name, values, v => (int)v),
        };
    }

    private static StructReader Struct(LogicalTypeHandle type)
    {
        var count = (int)duckdb_struct_type_child_count(type);
        var names = Names(count, i => Utf8.Take(duckdb_struct_type_child_name(type, i)));
        var fields = Readers(count, i => duckdb_struct_type_child_type(type, i));
        return new StructReader(names, fields);
    }

    private static UnionReader Union(LogicalTypeHandle type)
    {
        var count = (int)duckdb_union_type_member_count(type);
        var names = Names(count, i => Utf8.Take(duckdb_union_type_member_name(type, i)));
        var members = Readers(count, i => duckdb_union_type_member_type(type, i));
        return new UnionReader(names, members);
    }

    private static string[] Names(int count, Func<ulong, string> name) =>
        [.. Enumerable.Range(0, count).Select(i => name((ulong)i))];

    private static VectorReader[] Readers(int count, Func<ulong, nint> type) =>
        [.. Enumerable.Range(0, count).Select(i => Child(type((ulong)i)))];
}
