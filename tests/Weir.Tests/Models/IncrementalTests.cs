using Weir.DuckDb;
using Weir.Models;

namespace Weir.Tests.Models;

/// <summary>Incremental models as they are published: the same whether the table is small (copied aside) or large (only its delta is made).</summary>
public class IncrementalTests
{
    private const string Header = "{{ config(materialized='incremental', unique_key='id'";

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task Readers_of_the_same_build_see_old_and_new_rows_together(long copyBelow)
    {
        using var project = new SmallProject().Seed("raw", "id,v\n1,10\n2,20\n")
            .Model("kept", Header + ") }}select * from {{ ref('raw') }}")
            .Model("total", "{{ config(materialized='table') }}select sum(v)::int as v, count(*)::int as n from {{ ref('kept') }}")
            .Model("looked", "{{ config(materialized='view') }}select * from {{ ref('kept') }} where v > 15");
        await project.Build();
        project.Seed("raw", "id,v\n2,25\n3,30\n");

        (await project.Build(Request(copyBelow))).ExitCode.ShouldBe(0);

        project.Rows("from kept").ShouldBe(["1,10", "2,25", "3,30"]);
        project.Rows("from total").ShouldBe(["65,3"]);
        project.Rows("from looked").ShouldBe(["2,25", "3,30"]);
        project.Connection.Query("select table_name from duckdb_tables() union all select view_name from duckdb_views() where not internal", row => row.GetString(0)).ShouldNotContain(name => name.Contains("__weir_"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task A_failed_test_leaves_a_delta_unapplied(long copyBelow)
    {
        using var project = new SmallProject().Seed("raw", "id,v\n1,10\n")
            .Model("kept", Header + ") }}select * from {{ ref('raw') }}")
            .Write("models/s.yml", "models: [{name: kept, columns: [{name: v, data_tests: [not_null]}]}]");
        await project.Build();
        project.Seed("raw", "id,v\n1,\n2,20\n");

        (await project.Build(Request(copyBelow))).ExitCode.ShouldBe(1);

        project.Rows("from kept").ShouldBe(["1,10"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task A_merge_updates_only_the_named_columns_of_matched_rows(long copyBelow)
    {
        using var project = new SmallProject().Seed("raw", "id,v,w\n1,10,a\n2,20,b\n")
            .Model("merged", Header + ", incremental_strategy='merge', merge_update_columns=['v']) }}select * from {{ ref('raw') }}");
        await project.Build();
        project.Seed("raw", "id,v,w\n2,21,changed\n3,30,new\n");

        (await project.Build(Request(copyBelow))).ExitCode.ShouldBe(0);

        project.Rows("from merged").ShouldBe(["1,10,a", "2,21,b", "3,30,new"]);
    }

    [Fact]
    public async Task Two_source_rows_for_one_merge_key_are_an_error_with_the_key()
    {
        using var project = new SmallProject().Seed("raw", "id,v\n1,10\n").Model("merged", Header + ", incremental_strategy='merge') }}select * from {{ ref('raw') }}");
        await project.Build();
        project.Seed("raw", "id,v\n7,1\n7,2\n");

        var result = await project.Build();

        SmallProject.MessageOf(result, "merged").ShouldStartWith("models/merged.sql: WEIR7072 the model returns several rows for one id: 7 (2 rows).");
        project.Rows("from merged").ShouldBe(["1,10"]);
    }

    [Theory]
    [InlineData("ignore")]
    [InlineData("fail")]
    [InlineData("append_new_columns")]
    [InlineData("sync_all_columns")]
    public async Task A_column_of_another_type_is_an_error_that_says_what_to_do(string mode)
    {
        using var project = new SmallProject().Model("t", Header + $", on_schema_change='{mode}') }}}}select 1 as id, 10 as v");
        await project.Build();
        project.Model("t", Header + $", on_schema_change='{mode}') }}}}select 1 as id, '11' as v");

        var result = await project.Build();

        SmallProject.MessageOf(result, "t").ShouldBe($"models/t.sql:1: WEIR7070 the column v is INTEGER in main.t, and the model now returns VARCHAR. Cast it (`cast(v as INTEGER)`), or build the table anew with --full-refresh.\n  compiled line 1: select 1 as id, '11' as v");
        project.Rows("from t").ShouldBe(["1,10"]);
    }

    [Fact]
    public async Task A_narrower_number_is_no_other_type()
    {
        using var project = new SmallProject().Model("t", Header + ") }}select 1 as id, 10::bigint as v");
        await project.Build();
        project.Model("t", Header + ") }}select 2 as id, 11::smallint as v");

        (await project.Build()).ExitCode.ShouldBe(0);

        project.Rows("from t").ShouldBe(["1,10", "2,11"]);
    }

    [Fact]
    public async Task On_schema_change_fail_names_the_columns()
    {
        using var project = new SmallProject().Model("t", Header + ", on_schema_change='fail') }}select 1 as id, 10 as v");
        await project.Build();
        project.Model("t", Header + ", on_schema_change='fail') }}select 1 as id, 10 as w");

        SmallProject.MessageOf(await project.Build(), "t").ShouldStartWith("models/t.sql: WEIR7071 the model and main.t have other columns; only the model has w; only the table has v.");
    }

    [Fact]
    public async Task A_broken_contract_lists_every_difference()
    {
        using var project = new SmallProject().Model("t", "{{ config(materialized='table') }}select 'x' as id, 1 as extra")
            .Write("models/s.yml", "models: [{name: t, config: {contract: {enforced: true}}, columns: [{name: id, data_type: int}, {name: day, data_type: date}]}]");

        SmallProject.MessageOf(await project.Build(), "t").ShouldStartWith(
            "models/t.sql:1: WEIR7073 the model does not keep its contract: day (DATE) is in the contract, but not returned; extra (INTEGER) is returned, but not in the contract; id is returned as VARCHAR, and the contract says INTEGER.");
    }

    [Fact]
    public async Task A_post_hook_runs_in_the_publishing_transaction_and_its_failure_keeps_only_its_node_back()
    {
        using var project = new SmallProject()
            .Model("a", "{{ config(materialized='table', post_hook=\"create table seen as select id from {{ this }}\") }}select 1 as id")
            .Model("b", "{{ config(materialized='table', post_hook='select * from nowhere') }}select 2 as id")
            .Model("c", "{{ config(materialized='table') }}select * from {{ ref('b') }}");

        var result = await project.Build();

        result.ExitCode.ShouldBe(1);
        SmallProject.MessageOf(result, "b").ShouldContain("WEIR7074 the hook of models/b.sql:1 failed: Catalog Error");
        project.Rows("from seen").ShouldBe(["1"]);
        project.Connection.Query("select table_name from duckdb_tables() where schema_name = 'main'", row => row.GetString(0)).Order().ShouldBe(["a", "seen"]);
        SmallProject.MessageOf(result, "c").ShouldBe("it is not published: b, which it reads, keeps its previous version");
    }

    [Theory]
    [InlineData(PublishMode.Together, "{'sql': 'checkpoint', 'transaction': false}")] // DuckDB refuses it inside a transaction
    [InlineData(PublishMode.AsDbt, "{'sql': 'checkpoint', 'transaction': false}")]
    [InlineData(PublishMode.Together, "after_commit('checkpoint')")]
    [InlineData(PublishMode.AsDbt, "after_commit('checkpoint')")]
    public async Task Hooks_without_a_transaction_run_before_it_and_after_it(PublishMode mode, string hook)
    {
        using var project = new SmallProject();
        project.Connection.Execute("create table noted (what varchar)");
        project.Model("t", $"{{{{ config(materialized='table', pre_hook=[{{'sql': 'insert into noted values (1)', 'transaction': false}}, before_begin('begin; rollback')], post_hook=[{hook}, after_commit(\"insert into noted select 'rows ' || count(*) from {{{{ this }}}}\")]) }}}}select 1 as id");

        var result = await project.Build(new BuildRequest([]) { Publish = mode });

        result.ExitCode.ShouldBe(0, SmallProject.MessageOf(result, "t"));
        project.Rows("from noted").ShouldBe(["1", "rows 1"]);
    }

    [Fact]
    public async Task A_hook_that_fails_after_the_commit_fails_its_node_and_what_it_made_is_published()
    {
        using var project = new SmallProject().Model("t", "{{ config(materialized='table', post_hook=after_commit('select nope')) }}select 1 as id");

        var result = await project.Build();

        result.ExitCode.ShouldBe(1);
        SmallProject.MessageOf(result, "t").ShouldContain("WEIR7074");
        project.Rows("from t").ShouldBe(["1"]);
    }

    [Fact]
    public async Task A_microbatch_model_without_a_batch_is_told()
    {
        using var project = new SmallProject().Model("t", "{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='ts', batch_size='day', begin='2999-01-01') }}select timestamp '2999-01-01' as ts");

        SmallProject.MessageOf(await project.Build(), "t").ShouldContain("WEIR7075 there is no batch between 2999-01-01 00:00");
    }

    [Fact]
    public async Task Half_a_range_of_event_time_is_refused()
    {
        using var project = new SmallProject().Model("t", "select 1 as id");

        (await Should.ThrowAsync<WeirException>(() => project.Build(new BuildRequest([]) { EventTimeStart = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc) }))).Code.ShouldBe("WEIR7076");
    }

    [Fact]
    public async Task After_the_first_failure_fail_fast_skips_the_rest()
    {
        using var project = new SmallProject().Model("a", "select nope").Model("b", "select 1 as id");

        SmallProject.MessageOf(await project.Build(new BuildRequest([]) { FailFast = true }), "b").ShouldBe("Skipping due to fail_fast");
    }

    [Fact]
    public async Task Many_threads_give_the_results_of_one_in_the_same_order()
    {
        using var project = new SmallProject().Seed("raw", "id\n1\n2\n");
        for (var i = 0; i < 30; i++)
            project.Model($"m{i:00}", $"{{{{ config(materialized='{(i % 3 == 0 ? "view" : "table")}') }}}}select id + {i} as id from {{{{ ref('{(i < 5 ? "raw" : $"m{i - 5:00}")}') }}}}");
        var one = await project.Build();

        var many = await project.Build(threads: 4);

        many.Nodes.Select(node => (node.UniqueId, node.Status, node.Rows)).ShouldBe(one.Nodes.Select(node => (node.UniqueId, node.Status, node.Rows)));
        project.Rows("from m29").ShouldBe([$"{1 + 4 + 9 + 14 + 19 + 24 + 29}", $"{2 + 4 + 9 + 14 + 19 + 24 + 29}"]);
    }

    private static BuildRequest Request(long copyBelow) => new([]) { CopyBelow = copyBelow };
}
