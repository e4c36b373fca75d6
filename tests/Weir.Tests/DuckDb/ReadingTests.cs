using System.Globalization;
using System.Numerics;
using Weir.DuckDb;

namespace Weir.Tests.DuckDb;

/// <summary>What is written in SQL comes out as the .NET value that a person reads in it.</summary>
public class ReadingTests
{
    public static TheoryData<string, object?> Values => new()
    {
        { "true", true }, { "false", false }, { "null::boolean", null },
        { "(-128)::tinyint", sbyte.MinValue }, { "127::tinyint", sbyte.MaxValue },
        { "(-32768)::smallint", short.MinValue }, { "32767::smallint", short.MaxValue },
        { "(-2147483648)::integer", int.MinValue }, { "2147483647", int.MaxValue }, { "null::integer", null },
        { "(-9223372036854775808)::bigint", long.MinValue }, { "9223372036854775807", long.MaxValue },
        { "255::utinyint", byte.MaxValue }, { "65535::usmallint", ushort.MaxValue },
        { "4294967295::uinteger", uint.MaxValue }, { "18446744073709551615::ubigint", ulong.MaxValue },
        { "(-170141183460469231731687303715884105728)::hugeint", Int128.MinValue },
        { "170141183460469231731687303715884105727::hugeint", Int128.MaxValue },
        { "(-1)::hugeint", -Int128.One }, { "18446744073709551616::hugeint", Int128.Parse("18446744073709551616") },
        { "340282366920938463463374607431768211455::uhugeint", UInt128.MaxValue }, { "0::uhugeint", UInt128.Zero },
        { "'123456789012345678901234567890123456789012'::bignum", BigInteger.Parse("123456789012345678901234567890123456789012") },
        { "'-256'::bignum", new BigInteger(-256) }, { "'0'::bignum", BigInteger.Zero },
        { "1.5::float", 1.5f }, { "'-inf'::float", float.NegativeInfinity }, { "1e308::double", 1e308 }, { "'nan'::double", double.NaN },
        { "''", "" }, { "'abcdefghijkl'", "abcdefghijkl" }, { "'abcdefghijklm'", "abcdefghijklm" }, { "'größe 🦆'", "größe 🦆" },
        { "chr(0) || 'x'", "\0x" }, { "null::varchar", null }, { "repeat('ab', 100000)", string.Concat(Enumerable.Repeat("ab", 100_000)) },
        { "'{\"a\": [1, null]}'::json", "{\"a\": [1, null]}" },
        { "''::blob", Array.Empty<byte>() }, { "'\\x00\\xFF'::blob", new byte[] { 0, 255 } },
        { "'b'::enum('a', 'b')", "b" }, { "null::enum('a', 'b')", null },
        { "'10101'::bit", "10101" }, { "'0000000011111111'::bit", "0000000011111111" },
        { "'00000000-0000-0000-0000-000000000000'::uuid", Guid.Empty },
        { "'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid", Guid.AllBitsSet },
        { "'01234567-89ab-cdef-8123-456789abcdef'::uuid", Guid.Parse("01234567-89ab-cdef-8123-456789abcdef") },
        { "date '1970-01-01'", new DateOnly(1970, 1, 1) }, { "date '0001-01-01'", DateOnly.MinValue }, { "date '9999-12-31'", DateOnly.MaxValue },
        { "time '00:00:00'", TimeOnly.MinValue }, { "time '23:59:59.999999'", new TimeOnly(23, 59, 59, 999, 999) },
        { "'12:34:56.123456789'::time_ns", new TimeOnly(12, 34, 56, 123, 456) },
        { "'12:30:00+05:45'::timetz", new DateTimeOffset(1970, 1, 1, 12, 30, 0, new TimeSpan(5, 45, 0)) },
        { "'23:59:59.5-08'::timetz", new DateTimeOffset(1970, 1, 1, 23, 59, 59, 500, TimeSpan.FromHours(-8)) },
        { "interval '1 year 2 months 3 days 04:05:06.000007'", new DuckDBInterval(14, 3, 14_706_000_007) },
        { "interval '-1 second'", new DuckDBInterval(0, 0, -1_000_000) },
        { "null", null },
    };

    [Theory, MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public void A_value_is_read_as_its_own_type(string sql, object? expected)
    {
        var value = Memory.Value(sql);
        value.ShouldBe(expected);
        if (expected is not null)
            value!.GetType().ShouldBe(expected.GetType());
    }

    [Theory]
    [InlineData("timestamp '2011-12-09 12:50:00.123456'", "2011-12-09 12:50:00.1234560", DateTimeKind.Unspecified)]
    [InlineData("timestamp '0001-01-01 00:00:00'", "0001-01-01 00:00:00.0000000", DateTimeKind.Unspecified)]
    [InlineData("timestamp '9999-12-31 23:59:59.999999'", "9999-12-31 23:59:59.9999990", DateTimeKind.Unspecified)]
    [InlineData("'1969-12-31 23:59:58'::timestamp_s", "1969-12-31 23:59:58.0000000", DateTimeKind.Unspecified)]
    [InlineData("'1969-12-31 23:59:59.999'::timestamp_ms", "1969-12-31 23:59:59.9990000", DateTimeKind.Unspecified)]
    [InlineData("'2024-02-29 01:02:03.123456789'::timestamp_ns", "2024-02-29 01:02:03.1234567", DateTimeKind.Unspecified)]
    [InlineData("'1969-12-31 23:59:59.999999999'::timestamp_ns", "1969-12-31 23:59:59.9999999", DateTimeKind.Unspecified)]
    [InlineData("'2024-06-01 00:30:00+02'::timestamptz", "2024-05-31 22:30:00.0000000", DateTimeKind.Utc)]
    public void A_timestamp_is_read_with_its_kind_and_fraction(string sql, string expected, DateTimeKind kind)
    {
        var value = Memory.Value(sql).ShouldBeOfType<DateTime>();
        value.ToString("yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture).ShouldBe(expected);
        value.Kind.ShouldBe(kind);
    }

    [Theory]
    [InlineData("(-999.9)::decimal(4,1)", "-999.9")]
    [InlineData("1.00::decimal(4,2)", "1.00")]
    [InlineData("9999999.99::decimal(9,2)", "9999999.99")]
    [InlineData("(-99999999999999.9999)::decimal(18,4)", "-99999999999999.9999")]
    [InlineData("123456789012345678901234.5678::decimal(28,4)", "123456789012345678901234.5678")]
    [InlineData("(-1)::decimal(38,30)", "-1")]
    [InlineData("79228162514264337593543950335::decimal(38,0)", "79228162514264337593543950335")]
    [InlineData("0::decimal(38,38)", "0")]
    public void A_decimal_of_every_internal_width_is_exact(string sql, string expected) =>
        Memory.Value(sql).ShouldBe(decimal.Parse(expected, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("79228162514264337593543950336::decimal(38,0)", "more digits")]
    [InlineData("0.000000000000000000000000000000000001::decimal(38,36)", "more digits")]
    [InlineData("'infinity'::timestamp", "'infinity'")]
    [InlineData("'-infinity'::date", "'-infinity'")]
    [InlineData("date '10000-01-01'", "years 1 to 9999")]
    [InlineData("timestamp '0044-03-15 (BC) 12:00:00'", "years 1 to 9999")]
    [InlineData("time '24:00:00'", "24:00:00")]
    public void A_value_beyond_dotnet_is_WEIR8004_and_never_another_value(string sql, string says)
    {
        using var connection = Memory.Open();
        using var reader = connection.Query($"select {sql} as big");
        reader.Read();
        var error = Should.Throw<WeirException>(() => reader.GetValue(0));
        error.Code.ShouldBe("WEIR8004");
        error.Message.ShouldContain("Column big");
        error.Message.ShouldContain(says);
    }

    [Fact]
    public void Nested_values_are_read_to_the_bottom()
    {
        Memory.Value("[1, null, 3]").ShouldBeOfType<List<object?>>().ShouldBe([1, null, 3]);
        Memory.Value("[]::integer[]").ShouldBeOfType<List<object?>>().ShouldBeEmpty();
        Memory.Value("[4, 5]::integer[2]").ShouldBeOfType<List<object?>>().ShouldBe([4, 5]);
        Memory.Value("[['a'], [], null]").ShouldBeOfType<List<object?>>().Count.ShouldBe(3);

        var structure = Memory.Value("{'id': 7, 'lines': [{'sku': 'x', 'price': 1.50}], 'none': null::integer}").ShouldBeOfType<Dictionary<string, object?>>();
        structure["id"].ShouldBe(7);
        structure["none"].ShouldBeNull();
        structure["lines"].ShouldBeOfType<List<object?>>()[0].ShouldBeOfType<Dictionary<string, object?>>()["price"].ShouldBe(1.50m);

        var map = Memory.Value("map {'a': 1, 'b': null}").ShouldBeOfType<Dictionary<object, object?>>();
        map.ShouldBe(new Dictionary<object, object?> { ["a"] = 1, ["b"] = null });
        Memory.Value("union_value(word := 'hi')").ShouldBe("hi");
    }

    [Fact]
    public void Lists_keep_their_rows_apart_across_chunks()
    {
        using var connection = Memory.Open();
        using var reader = connection.Query("select i, case when i % 3 = 0 then null else [i, i + 1] end, {'v': i::varchar || '-long enough not to be inlined'} from range(10000) t(i)");
        long rows = 0;
        while (reader.Read())
        {
            var i = reader.GetInt64(0);
            i.ShouldBe(rows++);
            reader.IsDBNull(1).ShouldBe(i % 3 == 0);
            if (i % 3 != 0)
                reader.GetFieldValue<long[]>(1).ShouldBe([i, i + 1]);
            reader.GetFieldValue<Dictionary<string, object?>>(2)["v"].ShouldBe($"{i}-long enough not to be inlined");
        }
        rows.ShouldBe(10_000);
    }

    [Theory]
    [InlineData("1::decimal(18,3)"), InlineData("[{'a b': 1, 'c': [date '2020-01-01']}]"), InlineData("map {'k': [1.5]}"), InlineData("'x'::enum('x', 'it''s')")]
    [InlineData("now()"), InlineData("[1, 2]::integer[2]"), InlineData("union_value(num := 1)"), InlineData("1::hugeint"), InlineData("'{}'::json")]
    [InlineData("{'Order': 1, 'select': 2, 'day': 3, 'id': 4}")]
    public void The_type_is_named_as_DuckDB_names_it(string sql)
    {
        using var connection = Memory.Open();
        using var reader = connection.Query($"select {sql}, typeof({sql})");
        reader.Read();
        reader.GetDataTypeName(0).ShouldBe(reader.GetString(1));
    }
}
