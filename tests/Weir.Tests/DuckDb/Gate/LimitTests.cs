using System.Text.Json;
using Weir.DuckDb;
using Weir.DuckDb.Gate;

namespace Weir.Tests.DuckDb.Gate;

/// <summary>What one query may use, and what a new engine may bring.</summary>
public sealed class LimitTests : IDisposable
{
    private const string Endless = "select count(*) from range(10000000000) a, range(10000000000) b where hash(a.range) = hash(b.range)";
    private readonly Asked asked = new();

    [Fact]
    public void The_rows_up_to_the_limit_come_and_not_one_more()
    {
        asked.Rows("select i from range(3) r(i)", new QueryLimits { MaxRows = 3 }).ShouldBe("0;1;2");
        using var query = asked.Run("select i from range(100000000000) r(i)", new QueryLimits { MaxRows = 2 });
        (query.Read(), query.Read()).ShouldBe((true, true));
        var error = Should.Throw<WeirException>(() => query.Read());
        (error.Code, error.Message.Contains("query.max_rows", StringComparison.Ordinal)).ShouldBe(("WEIR8119", true));
    }

    [Fact]
    public void No_limit_of_rows_is_none() => asked.Rows("select i from range(5) r(i)", new QueryLimits { MaxRows = 0 }).ShouldBe("0;1;2;3;4");

    [Fact]
    public void A_query_that_runs_too_long_is_interrupted_and_the_message_names_the_setting()
    {
        var error = Should.Throw<WeirException>(() => asked.Rows(Endless, new QueryLimits { Timeout = TimeSpan.FromMilliseconds(1) }));
        (error.Code, error.Message.Contains("query.timeout", StringComparison.Ordinal)).ShouldBe(("WEIR8118", true));
        asked.Rows("select 1").ShouldBe("1");
    }

    [Fact]
    public async Task A_cut_request_interrupts_its_query()
    {
        using var cut = new CancellationTokenSource();
        var running = Task.Run(() => asked.Rows(Endless, new QueryLimits { Timeout = TimeSpan.Zero }, cut.Token));
        await cut.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(running);
    }

    [Fact]
    public void A_query_beyond_the_memory_and_its_spill_is_ended_with_the_names_of_both_settings()
    {
        asked.Database.Execute("set max_temp_directory_size = '1MB'");
        var error = Should.Throw<WeirException>(() => asked.Rows("select len(list(range)) from range(100000000)"));
        error.Code.ShouldBe("WEIR8120");
        error.Message.ShouldContain("warehouse.memory_limit");
        error.Message.ShouldContain("warehouse.spill_limit");
    }

    [Fact]
    public void Should_the_gate_be_wrong_the_transaction_still_writes_nothing()
    {
        using var connection = asked.Database.Duplicate();
        connection.Execute("begin transaction read only");
        Should.Throw<DuckDBException>(() => connection.Execute("insert into marts.customers values ('x', 'y')"));
    }

    [Fact]
    public void Every_function_of_the_engine_is_on_a_list()
    {
        var unknown = asked.Database.Query("select distinct function_name from duckdb_functions() where internal and function_type <> 'pragma' order by 1", r => r.GetString(0)).Where(name => !Functions.IsKnown(Ascii.Lower(name)));
        unknown.ShouldBeEmpty("a new engine brings these: decide for each whether it can reach a file, a setting or a secret");
    }

    [Fact]
    public void Every_function_that_is_allowed_is_one_of_the_engine()
    {
        var known = asked.Database.Query("select distinct function_name from duckdb_functions() where internal", r => Ascii.Lower(r.GetString(0))).ToHashSet(StringComparer.Ordinal);
        Functions.Names.Concat(Functions.TableNames).Where(name => !known.Contains(name)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"type":"TELEPORT_REF","path":"x"}""")]
    [InlineData("""{"from":[[{"class":"ORACLE","type":"ORACLE"}]]}""")]
    public void What_a_new_parser_may_bring_is_refused(string tree)
    {
        using var document = JsonDocument.Parse(tree);
        Should.Throw<WeirException>(() => new TreeCheck(new Names(asked.Database)).Check(document.RootElement)).Code.ShouldBe("WEIR8122");
    }

    public void Dispose() => asked.Dispose();
}
