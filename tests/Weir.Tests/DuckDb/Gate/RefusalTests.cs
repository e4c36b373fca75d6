namespace Weir.Tests.DuckDb.Gate;

/// <summary>Every attempt to leave the gate is refused, each for its own reason, and before anything runs.</summary>
public sealed class RefusalTests(Asked asked) : IClassFixture<Asked>
{
    [Theory]
    // statements
    [InlineData("copy orders to '/tmp/x.csv'", "WEIR8101", "COPY reads and writes files")]
    [InlineData("/* hidden */ -- too\n COPY orders FROM 'CANARY'", "WEIR8101", "COPY reads and writes files")]
    [InlineData("copy (select 1) to 'CANARY'", "WEIR8101", "COPY")]
    [InlineData("attach 'OTHER' as o", "WEIR8101", "ATTACH reaches other databases")]
    [InlineData("install httpfs", "WEIR8101", "INSTALL brings foreign code")]
    [InlineData("load httpfs", "WEIR8101", "LOAD brings foreign code")]
    [InlineData("export database 'x'", "WEIR8101", "EXPORT")]
    [InlineData("import database 'x'", "WEIR8101", "IMPORT")]
    [InlineData("set enable_external_access = true", "WEIR8101", "changes settings")]
    [InlineData("pragma database_list", "WEIR8101", "PRAGMA changes settings")]
    [InlineData("call pragma_version()", "WEIR8101", "CALL")]
    [InlineData("insert into orders select * from orders", "WEIR8101", "INSERT changes rows")]
    [InlineData("create table x as select 1", "WEIR8101", "CREATE changes tables")]
    [InlineData("create secret (type s3)", "WEIR8101", "CREATE")]
    [InlineData("drop table orders", "WEIR8101", "DROP")]
    [InlineData("explain select 1", "WEIR8101", "EXPLAIN tells the files")]
    [InlineData("explain analyze select 1", "WEIR8101", "EXPLAIN")]
    [InlineData("begin", "WEIR8101", "transaction of its own")]
    [InlineData("commit", "WEIR8101", "transaction")]
    [InlineData("prepare p as select 1", "WEIR8101", "PREPARE")]
    [InlineData("checkpoint", "WEIR8101", "CHECKPOINT")]
    [InlineData("vacuum", "WEIR8101", "VACUUM")]
    [InlineData("use marts", "WEIR8101", "USE")]
    [InlineData("with x as (select 1) insert into orders select * from x", "WEIR8101", "")]
    [InlineData("from orders insert into orders", "WEIR8102", "")]
    [InlineData("select 1; select 2", "WEIR8110", "several")]
    [InlineData("select 1; drop table orders", "WEIR8110", "several")]
    [InlineData("select ';'; attach 'OTHER'", "WEIR8110", "several")]
    [InlineData("commit; copy orders to 'x'", "WEIR8110", "several")]
    [InlineData("", "WEIR8111", "no statement")]
    [InlineData(" ; -- nothing", "WEIR8111", "no statement")]
    [InlineData("selct 1", "WEIR8102", "syntax error")]
    [InlineData("select * from nowhere", "WEIR8102", "no table 'nowhere'")]
    [InlineData("select nothing from orders", "WEIR8102", "nothing")]
    // the engine's own tables
    [InlineData("from duckdb_settings", "WEIR8112", "information_schema")]
    [InlineData("from pg_catalog.pg_settings", "WEIR8112", "pg_settings")]
    [InlineData("from pg_views", "WEIR8112", "")]
    [InlineData("from sqlite_master", "WEIR8112", "")]
    [InlineData("from system.main.duckdb_views", "WEIR8112", "")]
    [InlineData("from system.information_schema.views", "WEIR8112", "")]
    [InlineData("from information_schema.views", "WEIR8112", "")]
    [InlineData("from pragma_database_list", "WEIR8112", "")]
    [InlineData("describe duckdb_views", "WEIR8112", "")]
    [InlineData("show variables", "WEIR8112", "")]
    [InlineData("with duckdb_settings as (from duckdb_settings) from duckdb_settings", "WEIR8112", "")]
    [InlineData("with recursive duckdb_settings as (from duckdb_settings union all from duckdb_settings) from duckdb_settings", "WEIR8112", "")]
    [InlineData("with duckdb_views as (select 1) select * from (with b as (select 1) from b), system.main.duckdb_views", "WEIR8112", "")]
    [InlineData("select * from (with duckdb_logs as (select 1) from duckdb_logs), duckdb_logs", "WEIR8112", "")]
    [InlineData("with a as (from duckdb_tables), duckdb_tables as (select 1) from a", "WEIR8112", "")]
    // files as tables
    [InlineData("from 'CANARY'", "WEIR8113", "never reads a file")]
    [InlineData("from \"CANARY\"", "WEIR8113", "")]
    [InlineData("select * from CANARY_UNQUOTED", "WEIR8102", "no table")]
    [InlineData("from t.csv", "WEIR8113", "")]
    [InlineData("from './t.csv'", "WEIR8113", "")]
    [InlineData("from 'https://example.org/x.parquet'", "WEIR8113", "")]
    [InlineData("from 's3://bucket/*.parquet'", "WEIR8113", "")]
    [InlineData("describe 'CANARY'", "WEIR8113", "")]
    [InlineData("summarize 'CANARY'", "WEIR8113", "")]
    [InlineData("show 'CANARY'", "WEIR8113", "")]
    [InlineData("select (select a from 'CANARY' limit 1)", "WEIR8113", "")]
    [InlineData("select 1 where 'x' in (from 'CANARY' select a)", "WEIR8113", "")]
    [InlineData("select 1 limit (select count(*) from 'CANARY')", "WEIR8113", "")]
    [InlineData("select 1 order by (select a from 'CANARY')", "WEIR8113", "")]
    [InlineData("values ((select a from 'CANARY'))", "WEIR8113", "")]
    [InlineData("pivot 'CANARY' on a in ('x') using count(*)", "WEIR8113", "")]
    [InlineData("unpivot 'CANARY' on a", "WEIR8113", "")]
    [InlineData("select 1 union all from 'CANARY' select 1", "WEIR8113", "")]
    [InlineData("from orders o, lateral (select a from 'CANARY') x", "WEIR8113", "")]
    [InlineData("from orders join 'CANARY' on true", "WEIR8113", "")]
    [InlineData("from orders join marts.customers on exists (from 'CANARY')", "WEIR8113", "")]
    [InlineData("select sum(id) over (order by id rows between (select count(*) from 'CANARY') preceding and current row) from orders", "WEIR8113", "")]
    [InlineData("select list_transform([1], x -> (select a from 'CANARY'))", "WEIR8113", "")]
    [InlineData("select count(*) filter ((select a from 'CANARY') is not null) from orders", "WEIR8113", "")]
    [InlineData("select * replace ((select a from 'CANARY') as id) from orders", "WEIR8113", "")]
    [InlineData("select case when true then (from 'CANARY' select a limit 1) end", "WEIR8113", "")]
    [InlineData("from range((select count(*) from 'CANARY'))", "WEIR8113", "")]
    [InlineData("from orders at (version => (select 1 from 'CANARY'))", "WEIR8113", "")]
    [InlineData("with \"CANARY\" as (select 1) from \"CANARY\"", "WEIR8113", "")]
    [InlineData("with x as (from y), y as (from orders) from x", "WEIR8102", "no table 'y'")]
    [InlineData("from other.secrets", "WEIR8102", "no table")]
    // table functions
    [InlineData("select * from read_text('CANARY')", "WEIR8114", "reads files")]
    [InlineData("with c as (select * from read_text('CANARY')) select * from c", "WEIR8114", "reads files")]
    [InlineData("select * from READ_BLOB('CANARY')", "WEIR8114", "")]
    [InlineData("from read_csv('CANARY')", "WEIR8114", "")]
    [InlineData("from read_csv_auto(['CANARY'])", "WEIR8114", "")]
    [InlineData("from read_json('x')", "WEIR8114", "")]
    [InlineData("from read_parquet('x')", "WEIR8114", "")]
    [InlineData("from parquet_scan('x')", "WEIR8114", "")]
    [InlineData("from read_duckdb('OTHER')", "WEIR8114", "")]
    [InlineData("from main.read_text('CANARY')", "WEIR8114", "")]
    [InlineData("from system.main.read_text('CANARY')", "WEIR8114", "")]
    [InlineData("from \"read_text\"('CANARY')", "WEIR8114", "")]
    [InlineData("from glob('/etc/*')", "WEIR8114", "reads files")]
    [InlineData("from sniff_csv('CANARY')", "WEIR8114", "")]
    [InlineData("from parquet_metadata('x')", "WEIR8114", "")]
    [InlineData("from query('from ''CANARY''')", "WEIR8114", "cannot be looked into")]
    [InlineData("from query_table('CANARY')", "WEIR8114", "")]
    [InlineData("from query_table(['orders', 'CANARY'])", "WEIR8114", "")]
    [InlineData("from histogram('CANARY', a)", "WEIR8114", "")]
    [InlineData("from json_execute_serialized_sql('{}')", "WEIR8114", "")]
    [InlineData("from duckdb_secrets()", "WEIR8114", "secrets")]
    [InlineData("from duckdb_settings()", "WEIR8114", "")]
    [InlineData("from duckdb_views()", "WEIR8114", "")]
    [InlineData("from which_secret('s3://x', 's3')", "WEIR8114", "")]
    [InlineData("from pragma_database_list()", "WEIR8114", "")]
    [InlineData("from force_checkpoint()", "WEIR8114", "changes the state")]
    [InlineData("from enable_logging()", "WEIR8114", "")]
    [InlineData("from reads('CANARY')", "WEIR8114", "on no list")]
    [InlineData("from st_read('CANARY')", "WEIR8114", "on no list")]
    [InlineData("select (from read_text('CANARY') select content)", "WEIR8114", "")]
    [InlineData("from range(1), read_text('CANARY')", "WEIR8114", "")]
    [InlineData("from unnest((select list(content) from read_text('CANARY')))", "WEIR8114", "")]
    [InlineData("from (from (from (select 1 except from read_text('CANARY') select 1)))", "WEIR8114", "")]
    [InlineData("describe from read_text('CANARY')", "WEIR8114", "")]
    // functions
    [InlineData("select getenv('HOME')", "WEIR8115", "settings")]
    [InlineData("select getenv('HOME') over ()", "WEIR8115", "")]
    [InlineData("select sum(id) over (order by id rows between getenv('X')::int preceding and current row) from orders", "WEIR8115", "")]
    [InlineData("select current_setting('secret_directory')", "WEIR8115", "")]
    [InlineData("select system.main.current_setting('secret_directory')", "WEIR8115", "")]
    [InlineData("select getvariable('x')", "WEIR8115", "")]
    [InlineData("select nextval('numbers')", "WEIR8115", "changes the state")]
    [InlineData("select setseed(0.1)", "WEIR8115", "")]
    [InlineData("select write_log('x')", "WEIR8115", "")]
    [InlineData("select sleep_ms(100000)", "WEIR8115", "only waits")]
    [InlineData("select pg_sleep(10)", "WEIR8115", "")]
    [InlineData("select json_serialize_plan('select * from read_csv(''CANARY'')')", "WEIR8115", "cannot be looked into")]
    [InlineData("select pg_get_viewdef(1)", "WEIR8115", "")]
    [InlineData("select read_text('CANARY')", "WEIR8115", "reads files")]
    [InlineData("select o.read_text() from orders o", "WEIR8115", "")]
    [InlineData("select list_transform(['CANARY'], x -> getenv(x))", "WEIR8115", "")]
    [InlineData("select [getenv(x) for x in ['HOME']]", "WEIR8115", "")]
    [InlineData("select * replace (getenv('HOME') as id) from orders", "WEIR8115", "")]
    [InlineData("select columns(c -> getenv(c) is null) from orders", "WEIR8115", "")]
    [InlineData("from range(current_setting('threads')::int)", "WEIR8115", "")]
    [InlineData("select 1 group by getenv('HOME')", "WEIR8115", "")]
    [InlineData("select nosuchfunction(1)", "WEIR8115", "on no list")]
    // the rest
    [InlineData("pivot orders on customer using sum(revenue)", "WEIR8116", "IN ('a', 'b')")]
    [InlineData("with p as (pivot orders on customer using sum(revenue)) from p", "WEIR8116", "")]
    [InlineData("select ?", "WEIR8117", "$1")]
    [InlineData("select $name", "WEIR8117", "$name")]
    [InlineData("from orders limit ?", "WEIR8117", "")]
    [InlineData("select '127.0.0.1'::inet", "WEIR8123", "'inet'")]
    [InlineData("select cast(null as struct(a nosuchtype[]))", "WEIR8123", "'nosuchtype'")]
    public void It_is_refused_for_its_own_reason(string sql, string code, string reason)
    {
        var text = sql.Replace("CANARY_UNQUOTED", "canary", StringComparison.Ordinal).Replace("CANARY", asked.Path1(), StringComparison.Ordinal).Replace("OTHER", asked.Path1("other.duckdb"), StringComparison.Ordinal);
        var error = Should.Throw<WeirException>(() => asked.Rows(text).ShouldBe("refused"), text);
        (error.Code, error.Message.Contains(reason, StringComparison.OrdinalIgnoreCase)).ShouldBe((code, true), error.Message);
        error.Message.ShouldNotContain(Asked.Canary);
    }

    [Fact]
    public void Text_beyond_all_measure_is_refused_and_harms_nothing()
    {
        foreach (var sql in new[]
                 {
                     $"select '{new string('x', 600_000)}'", $"select {string.Concat(Enumerable.Repeat("not ", 50_000))}true", "select * from " + new string('(', 60_000) + "select 1" + new string(')', 60_000),
                     $"select {string.Join('+', Enumerable.Repeat("1", 5_000))}", string.Concat(Enumerable.Repeat("with a as (", 900)) + "select 1" + string.Concat(Enumerable.Repeat(") select 1", 900)),
                 })
            Should.Throw<WeirException>(() => asked.Rows(sql)).Code.ShouldBe("WEIR8121");
        Should.Throw<WeirException>(() => asked.Rows("select 1\0; drop table orders")).Code.ShouldBe("WEIR8102");
        asked.Rows("select count(*) from orders").ShouldBe("10");
    }

    [Fact]
    public void A_file_beside_the_program_named_like_a_table_is_not_read()
    {
        var before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = asked.Folder;
        try
        {
            foreach (var sql in new[] { "from canary", "from 'canary.csv'", "from canary.csv", "from t.csv", "from main.\"canary.csv\"", "from lake.\"canary.csv\"", "from \"canary\".\"csv\"", "from warehouse.canary.csv", "from 'canary.json'", "from 'canary.*'" })
                Should.Throw<WeirException>(() => asked.Rows(sql), sql).Code.ShouldBeOneOf("WEIR8102", "WEIR8113");
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

}
