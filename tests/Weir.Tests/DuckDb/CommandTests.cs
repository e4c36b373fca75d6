using Weir.DuckDb;

namespace Weir.Tests.DuckDb;

public class CommandTests
{
    // Long enough that only an interrupt ends it within the test.
    private const string Endless = "select max(hash(a.range + b.range)) from range(10000000) a, range(10000000) b";

    [Fact]
    public void Several_statements_run_in_order_and_each_result_is_read()
    {
        using var connection = Memory.Open();
        using var reader = connection.Query("create table t(i int); insert into t values (1), (2); select i from t order by i; update t set i = 3 where i = 2; select count(*), 'x' from t; -- end");
        reader.Read().ShouldBeTrue();
        reader.GetInt32(0).ShouldBe(1);
        reader.NextResult().ShouldBeTrue();
        reader.FieldCount.ShouldBe(2);
        reader.Read().ShouldBeTrue();
        reader.GetInt64(0).ShouldBe(2);
        reader.NextResult().ShouldBeFalse();
        reader.Read().ShouldBeFalse();
        reader.RecordsAffected.ShouldBe(3);
        connection.Execute("delete from t; insert into t from range(5)").ShouldBe(7);
        connection.Execute(" -- nothing").ShouldBe(0);
    }

    [Fact]
    public void An_error_among_several_statements_leaves_the_earlier_ones_done()
    {
        using var connection = Memory.Open();
        Should.Throw<DuckDBException>(() => connection.Execute("create table t as select 1 i; select no_column from t; drop table t"));
        connection.Scalar<int>("select i from t").ShouldBe(1);
    }

    [Theory]
    [InlineData("selec 1", DuckDBErrorType.Parser, "syntax error at or near \"selec\"")]
    [InlineData("select * from nowhere", DuckDBErrorType.Catalog, "Table with name nowhere does not exist!")]
    [InlineData("select no_column from range(1)", DuckDBErrorType.Binder, "no_column")]
    [InlineData("select 'x'::integer", DuckDBErrorType.Conversion, "Could not convert string 'x' to INT32")]
    [InlineData("create table t(i int check (i > 0)); insert into t values (0)", DuckDBErrorType.Constraint, "CHECK constraint failed")]
    [InlineData("from read_csv('/no/such/file')", DuckDBErrorType.IO, "/no/such/file")]
    [InlineData("commit", DuckDBErrorType.Transaction, "no transaction is active")]
    public void An_error_is_told_in_DuckDBs_words_with_its_kind(string sql, DuckDBErrorType kind, string says)
    {
        using var connection = Memory.Open();
        var error = Should.Throw<DuckDBException>(() => connection.Execute(sql));
        error.Message.ShouldContain(says);
        error.ErrorType.ShouldBe(kind);
        connection.Scalar<int>("select 1").ShouldBe(1);
    }

    [Fact]
    public void SQL_with_a_NUL_is_refused_rather_than_cut_off()
    {
        using var connection = Memory.Open();
        Should.Throw<ArgumentException>(() => connection.Execute("select 1\0; drop table t")).Message.ShouldContain("position 8");
    }

    [Fact]
    public async Task A_cancelled_token_interrupts_a_running_query_and_the_connection_stays_good()
    {
        using var connection = Memory.Open();
        using var source = new CancellationTokenSource(200);
        await Should.ThrowAsync<OperationCanceledException>(() => connection.ExecuteAsync(Endless, source.Token));
        connection.Scalar<int>("select 42").ShouldBe(42);
        await Should.ThrowAsync<OperationCanceledException>(() => connection.ExecuteAsync("create table never(i int)", source.Token));
        Should.Throw<DuckDBException>(() => connection.Execute("from never"));
    }

    [Fact]
    public async Task An_interrupt_is_never_lost_however_early_it_comes()
    {
        using var connection = Memory.Open();
        for (var i = 0; i < 200; i++)
        {
            using var source = new CancellationTokenSource();
            var running = connection.ExecuteAsync(Endless, source.Token);
            for (var spin = 0; spin < i * 200; spin++)
                Thread.SpinWait(1);
            source.Cancel();
            await Should.ThrowAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(30)));
        }
    }

    [Fact]
    public async Task Cancel_interrupts_and_reaches_no_later_query()
    {
        using var connection = Memory.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Endless;
        var running = Task.Run(command.ExecuteNonQuery);
        while (!running.IsCompleted) // before it runs there is nothing to cancel
        {
            await Task.Delay(50);
            command.Cancel();
        }
        (await Should.ThrowAsync<DuckDBException>(() => running)).ErrorType.ShouldBe(DuckDBErrorType.Interrupt);

        command.CommandText = "select 1";
        using var reader = command.ExecuteReader();
        var other = Task.Run(() => connection.Scalar<ulong>("select max(hash(range)) from range(50000000)"));
        while (!other.IsCompleted)
            command.Cancel();
        (await other).ShouldBeGreaterThan(0UL);
    }

    [Fact]
    public async Task A_streamed_result_closed_early_leaves_no_work_behind()
    {
        using var connection = Memory.Open(";threads=4");
        connection.Execute("create table big as select range i from range(245760)"); // two row groups: one gives rows at once, one for ever none
        using var command = connection.CreateCommand();
        command.CommandText = "select b.range from big, range(10000000) b where big.i < 122880 or hash(big.i + b.range) = 42";
        command.UseStreamingMode = true;
        await Task.Run(() =>
        {
            using (var reader = command.ExecuteReader())
                reader.Read().ShouldBeTrue();
            connection.Scalar<int>("select 1").ShouldBe(1);
        }).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_time_limit_interrupts()
    {
        using var connection = Memory.Open();
        using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (Endless, 1);
        Should.Throw<TimeoutException>(() => command.ExecuteNonQuery()).Message.ShouldContain("1 s");
    }

    [Fact]
    public async Task Progress_goes_from_0_to_100_and_is_unknown_when_nothing_runs()
    {
        using var connection = Memory.Open(";threads=1");
        connection.Execute("create table big as select 'text ' || range s from range(1500000)");
        connection.MeasureProgress();
        connection.QueryProgress.ShouldBeNull();
        var seen = new List<double>();
        for (var tries = 0; tries < 20 && !seen.Exists(p => p is > 0 and < 100); tries++) // a busy machine may not look once while it runs
        {
            var running = connection.ExecuteAsync("create or replace table hashed as select sha256(s || s) h from big", CancellationToken.None);
            while (!running.IsCompleted)
            {
                if (connection.QueryProgress is { } percent)
                    seen.Add(percent);
                await Task.Delay(5);
            }
            await running;
        }
        seen.ShouldAllBe(p => p >= 0 && p <= 100);
        seen.ShouldContain(p => p > 0 && p < 100);
        connection.QueryProgress.ShouldBeNull();
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Streamed_or_not_the_rows_are_the_same_and_errors_come(bool streaming)
    {
        using var connection = Memory.Open();
        using var command = connection.CreateCommand();
        (command.CommandText, command.UseStreamingMode) = ("select range from range(300000)", streaming);
        using (var reader = command.ExecuteReader())
        {
            reader.HasRows.ShouldBeTrue();
            long expected = 0;
            while (reader.Read())
                reader.GetInt64(0).ShouldBe(expected++);
            expected.ShouldBe(300_000);
            reader.Read().ShouldBeFalse();
        }
        command.CommandText = "select 1 from range(100) where false";
        using (var reader = command.ExecuteReader())
        {
            reader.HasRows.ShouldBeFalse();
            reader.Read().ShouldBeFalse();
        }
        command.CommandText = "select case when range = 250000 then error('at a late row') else range end from range(300000)";
        Should.Throw<DuckDBException>(() =>
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
            }
        }).Message.ShouldContain("at a late row");
    }

    [Fact]
    public void While_one_reads_a_result_the_connection_runs_other_commands()
    {
        using var connection = Memory.Open();
        using var reader = connection.Query("select range from range(10000)");
        while (reader.Read())
            if (reader.GetInt64(0) % 1000 == 0)
                connection.Scalar<long>("select ? + 1", reader.GetInt64(0)).ShouldBe(reader.GetInt64(0) + 1);
    }

    [Fact]
    public void A_prepared_command_follows_the_catalogue_and_its_own_text()
    {
        using var connection = Memory.Open();
        connection.Execute("create table t as select 1 i");
        using var command = connection.CreateCommand();
        command.CommandText = "select * from t";
        command.Prepare();
        command.ExecuteScalar().ShouldBe(1);
        connection.Execute("create or replace table t as select 'two' s");
        command.ExecuteScalar().ShouldBe("two");
        using (var reader = command.ExecuteReader())
            command.CommandText = "select 3";
        command.ExecuteScalar().ShouldBe(3);
        command.CommandText = "select nothing";
        Should.Throw<DuckDBException>(command.Prepare).ErrorType.ShouldBe(DuckDBErrorType.Binder);
    }

    [Fact]
    public void Values_are_converted_only_where_nothing_is_lost()
    {
        using var connection = Memory.Open();
        using var reader = connection.Query("select 300::smallint as a, 2.5::decimal(3,1) as b, 7::hugeint as c, '5' as d, null::int as e, [1.0, 2.5] as f, date '2024-02-29' as g");
        reader.Read();
        reader.GetInt64(0).ShouldBe(300);
        reader.GetFieldValue<decimal>(0).ShouldBe(300m);
        Should.Throw<WeirException>(() => reader.GetByte(0)).Code.ShouldBe("WEIR8004");
        reader.GetDouble(1).ShouldBe(2.5);
        Should.Throw<WeirException>(() => reader.GetInt32(1)).Code.ShouldBe("WEIR8004");
        reader.GetInt32(2).ShouldBe(7);
        Should.Throw<InvalidCastException>(() => reader.GetInt32(3)).Message.ShouldContain("Column d is VARCHAR");
        reader.GetFieldValue<int?>(4).ShouldBeNull();
        reader.GetOrDefault<string>("e").ShouldBeNull();
        reader["E"].ShouldBe(DBNull.Value);
        Should.Throw<InvalidCastException>(() => reader.GetInt32(4)).Message.ShouldContain("Column e is NULL");
        reader.GetFieldValue<double[]>(5).ShouldBe([1.0, 2.5]);
        reader.GetFieldValue<IReadOnlyList<decimal>>(5).ShouldBe([1.0m, 2.5m]);
        reader.GetDateTime(6).ShouldBe(new DateTime(2024, 2, 29));
        Should.Throw<ArgumentException>(() => reader.GetOrdinal("x")).Message.ShouldContain("a, b, c");
    }
}
