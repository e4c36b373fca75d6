using Weir.DuckDb;

namespace Weir.Tests.DuckDb;

public class AppenderTests
{
    [Fact]
    public void Appended_rows_are_what_was_appended()
    {
        using var connection = Memory.Open();
        connection.Execute("create schema s; create table s.t(b boolean, i integer, l bigint, d double, m decimal(18,4), t varchar, u uuid, day date, moment timestamptz, x blob, tags varchar[], z integer default 7)");
        var id = Guid.Parse("f1234567-89ab-cdef-0123-456789abcdef");
        using (var appender = connection.CreateAppender("s", "t"))
        {
            appender.ColumnCount.ShouldBe(12);
            appender.AppendValue(true).AppendValue(int.MinValue).AppendValue(long.MaxValue).AppendValue(-0.5).AppendValue(-12.3456m).AppendValue("größe\0🦆").AppendValue(id)
                .AppendValue(new DateOnly(2024, 2, 29)).AppendValue(new DateTime(2024, 2, 29, 23, 59, 59, 999, DateTimeKind.Utc)).AppendValue(new byte[] { 0, 255 })
                .AppendAny(new List<string> { "a" }).AppendDefault().EndRow();
            appender.AppendValue((bool?)null).AppendValue((int?)null).AppendValue((long?)null).AppendValue((double?)null).AppendValue((decimal?)null).AppendValue((string?)null)
                .AppendValue((Guid?)null).AppendValue((DateOnly?)null).AppendValue((DateTime?)null).AppendValue((byte[]?)null).AppendNullValue().AppendNullValue().EndRow();
            appender.AppendValue(false).AppendValue(0).AppendValue(0L).AppendValue(0.0).AppendValue(0m).AppendValue("").AppendValue(Guid.Empty)
                .AppendValue(DateOnly.MinValue).AppendValue(DateTime.UnixEpoch).AppendValue(ReadOnlySpan<byte>.Empty).AppendAny(Array.Empty<string>()).AppendDefault().EndRow();
            appender.Close();
        }
        using var reader = connection.Query("from s.t");
        reader.Read();
        Enumerable.Range(0, 10).Select(reader.GetValue).ShouldBe([true, int.MinValue, long.MaxValue, -0.5, -12.3456m, "größe\0🦆", id,
            new DateOnly(2024, 2, 29), new DateTime(2024, 2, 29, 23, 59, 59, 999, DateTimeKind.Utc), new byte[] { 0, 255 }]);
        reader.GetFieldValue<string[]>(10).ShouldBe(["a"]);
        reader.GetInt32(11).ShouldBe(7);
        reader.Read();
        Enumerable.Range(0, 12).ShouldAllBe(i => reader.IsDBNull(i));
        reader.Read();
        Enumerable.Range(0, 10).Select(reader.GetValue).ShouldBe([false, 0, 0L, 0.0, 0m, "", Guid.Empty, DateOnly.MinValue, DateTime.UnixEpoch, Array.Empty<byte>()]);
        reader.GetFieldValue<string[]>(10).ShouldBeEmpty();
    }

    [Fact]
    public void Many_rows_are_appended_across_chunks()
    {
        using var connection = Memory.Open();
        connection.Execute("create table t(i bigint, s varchar)");
        using var appender = connection.CreateAppender("t");
        for (var i = 1L; i <= 250_000; i++)
            appender.AppendValue(i).AppendUtf8("a text longer than twelve bytes"u8).EndRow();
        appender.Close();
        connection.Scalar<long>("select sum(i) from t where len(s) = 31").ShouldBe(31_250_125_000); // n(n+1)/2
    }

    [Fact]
    public void A_wrong_row_is_told_and_a_broken_constraint_puts_nothing_in()
    {
        using var connection = Memory.Open();
        connection.Execute("create table t(i int primary key, s varchar)");
        Should.Throw<DuckDBException>(() => connection.CreateAppender("nowhere")).Message.ShouldContain("nowhere");
        using (var appender = connection.CreateAppender("t"))
            Should.Throw<DuckDBException>(() => appender.AppendValue(1).EndRow()).Message.ShouldContain("column");
        using (var appender = connection.CreateAppender("t"))
            Should.Throw<DuckDBException>(() => appender.AppendValue("x"));
        using (var appender = connection.CreateAppender("t"))
        {
            appender.AppendValue(1).AppendValue("a").EndRow().AppendValue(1).AppendValue("b").EndRow();
            Should.Throw<DuckDBException>(appender.Close).Message.ShouldContain("1");
        }
        connection.Scalar<long>("select count(*) from t").ShouldBe(0);
    }

    [Fact]
    public void Invalid_UTF8_is_refused_and_not_turned_into_NULL()
    {
        using var connection = Memory.Open();
        connection.Execute("create table t(s varchar)");
        using var appender = connection.CreateAppender("t");
        Should.Throw<ArgumentException>(() => appender.AppendUtf8([0x61, 0xFF])).Message.ShouldContain("not valid UTF-8");
    }
}
