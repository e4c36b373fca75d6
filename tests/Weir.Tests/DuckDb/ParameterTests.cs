using System.Numerics;
using Weir.DuckDb;

namespace Weir.Tests.DuckDb;

public class ParameterTests
{
    // DuckDB's own text and type for each, written by hand.
    public static TheoryData<object?, string, string?> Values => new()
    {
        { null, "\"NULL\"", null }, { true, "BOOLEAN", "true" }, { (sbyte)-128, "TINYINT", "-128" }, { byte.MaxValue, "UTINYINT", "255" },
        { short.MinValue, "SMALLINT", "-32768" }, { ushort.MaxValue, "USMALLINT", "65535" }, { int.MinValue, "INTEGER", "-2147483648" },
        { uint.MaxValue, "UINTEGER", "4294967295" }, { long.MinValue, "BIGINT", "-9223372036854775808" }, { ulong.MaxValue, "UBIGINT", "18446744073709551615" },
        { Int128.MinValue, "HUGEINT", "-170141183460469231731687303715884105728" }, { UInt128.MaxValue, "UHUGEINT", "340282366920938463463374607431768211455" },
        { new BigInteger(-5), "HUGEINT", "-5" }, { 1.5f, "FLOAT", "1.5" }, { double.MaxValue, "DOUBLE", "1.7976931348623157e+308" },
        { 0m, "DECIMAL(1,0)", "0" }, { -12.50m, "DECIMAL(4,2)", "-12.50" }, { 0.001m, "DECIMAL(4,3)", "0.001" },
        { decimal.MaxValue, "DECIMAL(29,0)", "79228162514264337593543950335" }, { 12345678901234567.89m, "DECIMAL(19,2)", "12345678901234567.89" },
        { "", "VARCHAR", "" }, { "it's 🦆", "VARCHAR", "it's 🦆" }, { 'x', "VARCHAR", "x" },
        { Guid.Parse("f1234567-89ab-cdef-0123-456789abcdef"), "UUID", "f1234567-89ab-cdef-0123-456789abcdef" },
        { Guid.Parse("01234567-89ab-cdef-8123-456789abcdef"), "UUID", "01234567-89ab-cdef-8123-456789abcdef" },
        { new byte[] { 0, 65, 255 }, "BLOB", "\\x00A\\xFF" }, { Array.Empty<byte>(), "BLOB", "" },
        { DateOnly.MinValue, "DATE", "0001-01-01" }, { new DateOnly(2024, 2, 29), "DATE", "2024-02-29" },
        { new TimeOnly(23, 59, 59, 999, 999), "TIME", "23:59:59.999999" },
        { new DateTime(2011, 12, 9, 12, 50, 0, 123), "TIMESTAMP", "2011-12-09 12:50:00.123" },
        { new DateTime(1969, 12, 31, 23, 59, 59, DateTimeKind.Utc), "TIMESTAMP WITH TIME ZONE", "1969-12-31 23:59:59+00" },
        { new DateTimeOffset(2024, 6, 1, 0, 30, 0, TimeSpan.FromHours(2)), "TIMESTAMP WITH TIME ZONE", "2024-05-31 22:30:00+00" },
        { TimeSpan.FromHours(-25), "INTERVAL", "-1 day -01:00:00" }, { new DuckDBInterval(14, 3, 1), "INTERVAL", "1 year 2 months 3 days 00:00:00.000001" },
        { new List<string?> { "a", null }, "VARCHAR[]", "[a, NULL]" }, { new[] { 1.5m, 100m }, "DECIMAL(38,1)[]", "[1.5, 100.0]" },
        { new[] { new[] { 1 }, [] }, "INTEGER[][]", "[[1], []]" },
    };

    [Theory, MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public void A_parameter_arrives_with_its_type_and_value(object? value, string type, string? text)
    {
        using var connection = Memory.Open();
        connection.Execute("set timezone = 'UTC'");
        using var reader = connection.Query("select typeof(x), x::varchar from (select $1 as x)", new DuckDBParameter(value));
        reader.Read();
        reader.GetString(0).ShouldBe(type);
        reader.GetOrDefault<string>(1).ShouldBe(text);
    }

    [Fact]
    public void An_empty_list_fits_every_column()
    {
        using var connection = Memory.Open();
        connection.Execute("create table t(tags varchar[])");
        connection.Execute("insert into t values (?)", new List<string>());
        connection.Scalar<int>("select len(tags) from t").ShouldBe(0);
    }

    [Fact]
    public void Parameters_go_by_position_by_number_and_by_name()
    {
        using var connection = Memory.Open();
        connection.Scalar<string>("select ? || ?", "a", "b").ShouldBe("ab");
        connection.Scalar<string>("select $2 || $1 || $2", "a", "b").ShouldBe("bab");
        connection.Scalar<string>("select $last || $first", new DuckDBParameter("first", "a"), new DuckDBParameter("$last", "b")).ShouldBe("ba");
        connection.Scalar<int?>("select ?", null).ShouldBeNull();
    }

    [Fact]
    public void Text_in_a_parameter_is_never_SQL()
    {
        using var connection = Memory.Open();
        connection.Execute("create table t(s varchar)");
        connection.Execute("insert into t values (?)", "'); drop table t; --\0end");
        connection.Scalar<string>("select s from t").ShouldBe("'); drop table t; --\0end");
    }

    [Fact]
    public void Missing_superfluous_and_unknown_parameters_are_told()
    {
        using var connection = Memory.Open();
        Should.Throw<ArgumentException>(() => connection.Execute("select ?, ?", 1)).Message.ShouldContain("has 2 parameters");
        Should.Throw<ArgumentException>(() => connection.Execute("select 1", 1)).Message.ShouldContain("has 0 parameters");
        Should.Throw<ArgumentException>(() => connection.Execute("select $a", new DuckDBParameter("b", 1))).Message.ShouldContain("$a");
        Should.Throw<ArgumentException>(() => connection.Execute("select 1; select ?", 1)).Message.ShouldContain("2 statements");
        Should.Throw<ArgumentException>(() => connection.Execute("select ?", new object[] { new object[] { 1, "a" } })).Message.ShouldContain("one type");
        Should.Throw<NotSupportedException>(() => connection.Execute("select ?", new Version(1, 2))).Message.ShouldContain("System.Version");
    }
}
