using Weir.DuckDb;
using Weir.Models;

namespace Weir.Tests.Models;

/// <summary>Write, audit, publish: what a reader of the warehouse sees.</summary>
public class PublishTests
{
    private const string Project = "name: shop\nconfig-version: 2\n";

    [Fact]
    public async Task A_failing_test_keeps_yesterdays_table_and_everything_downstream()
    {
        using var run = Shop();
        (await run.Build()).ExitCode.ShouldBe(0);
        run.Write("seeds/raw.csv", "id,amount\n1,100\n1,200\n");

        var result = await run.Build();

        result.ExitCode.ShouldBe(1);
        Status(result, "model.shop.orders").ShouldBe(NodeStatus.Kept);
        Status(result, "model.shop.totals").ShouldBe(NodeStatus.Skipped);
        Sum(run, "orders").ShouldBe(30);
        Sum(run, "totals").ShouldBe(30);
        result.Nodes.Single(node => node.UniqueId == "model.shop.orders").Message.ShouldBe("the previous version stays: the test unique_orders_id failed");
    }

    [Fact]
    public async Task A_table_whose_view_is_kept_is_kept_too()
    {
        using var run = Shop();
        await run.Build();
        run.Write("seeds/raw.csv", "id,amount\n1,100\n1,200\n");
        run.Write("models/orders.sql", "{{ config(materialized='view') }}select * from {{ ref('raw') }}");
        run.Write("models/totals.sql", "{{ config(materialized='view') }}select sum(amount) as amount from {{ ref('raw') }}");
        run.Write("models/schema.yml", "models: [{name: orders, columns: [{name: id, data_tests: [{unique: {config: {severity: warn}}}]}]}]");
        await run.Build(); // from now on both are views over the seed
        Sum(run, "orders").ShouldBe(300);
        run.Write("models/schema.yml", "models: [{name: orders, columns: [{name: id, data_tests: [unique]}]}]");
        run.Write("seeds/raw.csv", "id,amount\n1,1\n1,2\n");

        var result = await run.Build();

        Status(result, "seed.shop.raw").ShouldBe(NodeStatus.Kept);
        result.Nodes.Single(node => node.UniqueId == "seed.shop.raw").Message.ShouldBe("the previous version stays: the view orders, which reads it, keeps its previous version");
        Status(result, "model.shop.totals").ShouldBe(NodeStatus.Kept);
        Sum(run, "orders").ShouldBe(300);
        Sum(run, "totals").ShouldBe(300);
        Sum(run, "raw").ShouldBe(300);
    }

    [Fact]
    public async Task Warnings_do_not_hold_back()
    {
        using var run = Shop();
        run.Write("models/schema.yml", "models: [{name: orders, columns: [{name: id, data_tests: [{unique: {config: {severity: warn}}}]}]}]");
        run.Write("seeds/raw.csv", "id,amount\n1,100\n1,200\n");

        var result = await run.Build();

        result.ExitCode.ShouldBe(0);
        Sum(run, "totals").ShouldBe(300);
        run.Connection.Scalar<int>("select checks_warned from weir.nodes where relation = 'main.orders'").ShouldBe(1);
    }

    [Fact]
    public async Task Views_read_the_final_names_after_publishing()
    {
        using var run = Shop();
        run.Write("models/orders.sql", "{{ config(materialized='view') }}select * from {{ ref('raw') }}");
        await run.Build();

        run.Connection.Scalar<string>("select sql from duckdb_views() where view_name = 'orders'")!.ShouldNotContain("__weir_build");
        Sum(run, "orders").ShouldBe(30);
        Leftovers(run).ShouldBe(0);
    }

    [Fact]
    public async Task A_build_that_dies_before_publishing_leaves_everything_whole()
    {
        using var run = Shop();
        await run.Build();
        run.Write("seeds/raw.csv", "id,amount\n1,1\n");

        await Should.ThrowAsync<InvalidOperationException>(() => run.Build(progress: new Dies("model.shop.totals")));

        Sum(run, "raw").ShouldBe(30);
        Sum(run, "orders").ShouldBe(30);
        Sum(run, "totals").ShouldBe(30);
        (await run.Build()).ExitCode.ShouldBe(0);
        Sum(run, "totals").ShouldBe(1);
    }

    [Fact]
    public async Task What_a_killed_build_left_aside_is_cleared_by_the_next()
    {
        using var run = Shop();
        run.Connection.Execute("create table main.orders__weir_build as select 7 as id; create view main.totals__weir_build as select 1 as amount");

        (await run.Build()).ExitCode.ShouldBe(0);

        Sum(run, "orders").ShouldBe(30);
        Leftovers(run).ShouldBe(0);
    }

    [Fact]
    public async Task A_failure_of_the_publishing_transaction_changes_nothing()
    {
        using var run = Shop();
        await run.Build();
        run.Write("seeds/raw.csv", "id,amount\n1,1\n");
        run.Connection.Execute("alter table weir.nodes rename column status to state");

        (await Should.ThrowAsync<WeirException>(() => run.Build())).Code.ShouldBe("WEIR7030");

        Sum(run, "raw").ShouldBe(30);
        Sum(run, "totals").ShouldBe(30);
    }

    [Fact]
    public async Task The_nodes_table_keeps_the_last_good_publication_of_a_kept_table()
    {
        using var run = Shop();
        await run.Build(new BuildRequest([]) { LakeVersion = 7 });
        var before = run.Connection.Scalar<DateTime>("select published_at from weir.nodes where relation = 'main.orders'");
        run.Write("seeds/raw.csv", "id,amount\n1,1\n1,2\n1,3\n");

        await run.Build(new BuildRequest([]) { LakeVersion = 8 });

        var (status, published, rows, version, failed) = run.Connection.Query(
            "select status, published_at, rows, lake_version, checks_failed from weir.nodes where relation = 'main.orders'",
            row => (row.GetString(0), row.GetFieldValue<DateTime>(1), row.GetInt64(2), row.GetInt64(3), row.GetInt32(4))).Single();
        status.ShouldBe("kept");
        published.ShouldBe(before);
        rows.ShouldBe(2);
        version.ShouldBe(7);
        failed.ShouldBe(1);
        run.Connection.Scalar<long>("select lake_version from weir.nodes where relation = 'main.raw'").ShouldBe(8);
    }

    [Fact]
    public async Task An_incremental_model_restates_its_units_and_full_refresh_builds_it_whole()
    {
        using var run = Shop();
        run.Write("models/orders.sql", "{{ config(materialized='incremental', unique_key='id') }}select id, amount, {{ is_incremental() }} as later from {{ ref('raw') }}");
        await run.Build();
        run.Write("seeds/raw.csv", "id,amount\n2,5\n3,6\n");

        await run.Build();
        run.Connection.Query("select id, amount, later from orders order by id", row => (row.GetInt32(0), row.GetInt32(1), row.GetBoolean(2)))
            .ShouldBe([(1, 10, false), (2, 5, true), (3, 6, true)]);

        await run.Build(new BuildRequest([], FullRefresh: true));
        run.Connection.Query("select id, amount, later from orders order by id", row => (row.GetInt32(0), row.GetInt32(1), row.GetBoolean(2)))
            .ShouldBe([(2, 5, false), (3, 6, false)]);
    }

    [Fact]
    public async Task An_incremental_model_that_lost_a_column_is_told_so_and_keeps_its_table()
    {
        using var run = Shop();
        run.Write("models/orders.sql", "{{ config(materialized='incremental', unique_key='id') }}select id, amount from {{ ref('raw') }}");
        await run.Build();
        run.Write("models/orders.sql", "{{ config(materialized='incremental', unique_key='id') }}select id from {{ ref('raw') }}");

        var result = await run.Build();

        result.Nodes.Single(node => node.UniqueId == "model.shop.orders").Message.ShouldStartWith("models/orders.sql: WEIR7022 the table main.orders has the column amount");
        Sum(run, "orders").ShouldBe(30);
    }

    [Theory]
    [InlineData("id,amount\n1,2,3\n", "line 2 has 3 fields")]
    [InlineData("", "the file is empty")]
    public async Task A_seed_that_cannot_be_loaded_is_told_with_its_line(string csv, string about)
    {
        using var run = Shop();
        run.Write("seeds/raw.csv", csv);

        var result = await run.Build();

        var seed = result.Nodes.Single(node => node.UniqueId == "seed.shop.raw");
        seed.Status.ShouldBe(NodeStatus.Error);
        seed.Message.ShouldStartWith("seeds/raw.csv: WEIR7023");
        seed.Message.ShouldContain(about);
    }

    [Fact]
    public async Task A_ref_seen_only_while_running_is_told_with_its_cure()
    {
        using var run = Shop();
        run.Write("models/orders.sql", "select 1 as id, 30 as amount {% if execute %} from {{ ref('raw') }} limit 1 {% endif %}");

        var result = await run.Build();

        result.Nodes.Single(node => node.UniqueId == "model.shop.orders").Message.ShouldStartWith("models/orders.sql:1: WEIR7024");
    }

    [Fact]
    public async Task A_wrong_line_of_a_macro_is_told_with_the_macros_place()
    {
        using var run = Shop();
        run.Write("macros/sums.sql", "{% macro sums() %}\n  sum(amount) as amount,\n  sum(amuont) as again\n{% endmacro %}\n");
        run.Write("models/totals.sql", "{{ config(materialized='table') }}\nselect {{ sums() }} from {{ ref('orders') }}");

        var message = (await run.Build()).Nodes.Single(node => node.UniqueId == "model.shop.totals").Message;

        message.ShouldStartWith("models/totals.sql:2: WEIR7021 Binder Error");
        message.ShouldContain("compiled line 4: sum(amuont) as again\n                       ^\n  written in macros/sums.sql:3\n  Compare the names");
    }

    [Fact]
    public async Task A_second_build_of_the_same_warehouse_waits_for_the_first()
    {
        using var run = Shop();
        using var other = run.Connection.Duplicate();
        var project = ModelProject.Load(run.Project);
        var first = run.Build();
        var second = new ModelRunner(project, TimeProvider.System).BuildAsync(BuildRequest.Everything, other, null, CancellationToken.None);

        (await first).ExitCode.ShouldBe(0);
        (await second).ExitCode.ShouldBe(0);

        Sum(run, "totals").ShouldBe(30);
        Leftovers(run).ShouldBe(0);
    }

    [Fact]
    public async Task A_cancelled_build_publishes_nothing()
    {
        using var run = Shop();
        run.Write("models/totals.sql", "{{ config(materialized='table') }}select sum(a.range * b.range)::bigint as amount from range(2000000000) a, range(2000000000) b, {{ ref('orders') }}");
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        await Should.ThrowAsync<OperationCanceledException>(() => new ModelRunner(ModelProject.Load(run.Project), TimeProvider.System)
            .BuildAsync(BuildRequest.Everything, run.Connection, null, cancel.Token));

        run.Connection.Scalar<long>("select count(*) from duckdb_tables() where schema_name = 'main'").ShouldBe(0);
        Leftovers(run).ShouldBe(0);
    }

    [Fact]
    public async Task Testing_alone_reads_what_is_published_and_notes_the_checks()
    {
        using var run = Shop();
        await run.Build();
        run.Connection.Execute("insert into orders values (1, 5)");

        var result = await run.Build(new BuildRequest([]) { Command = BuildCommand.Test });

        result.ExitCode.ShouldBe(1);
        run.Connection.Scalar<int>("select checks_failed from weir.nodes where relation = 'main.orders'").ShouldBe(1);
        run.Connection.Scalar<string>("select status from weir.nodes where relation = 'main.orders'").ShouldBe("success");
    }

    [Fact]
    public async Task An_unknown_selector_method_is_refused()
    {
        using var run = Shop();
        (await Should.ThrowAsync<WeirException>(() => run.Build(new BuildRequest(["tags:daily"])))).Message.ShouldContain("Did you mean 'tag'?");
    }

    private static CorpusRun Shop()
    {
        var run = new CorpusRun("e02-cycle");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(run.Project, "models")))
            File.Delete(file);
        run.Write("dbt_project.yml", Project);
        run.Write("seeds/raw.csv", "id,amount\n1,10\n2,20\n");
        run.Write("models/orders.sql", "{{ config(materialized='table') }}select * from {{ ref('raw') }}");
        run.Write("models/totals.sql", "{{ config(materialized='table') }}select sum(amount) as amount from {{ ref('orders') }}");
        run.Write("models/schema.yml", "models: [{name: orders, columns: [{name: id, data_tests: [unique]}]}]");
        return run;
    }

    private static NodeStatus Status(BuildResult result, string id) => result.Nodes.Single(node => node.UniqueId == id).Status;

    private static long Sum(CorpusRun run, string table) => run.Connection.Scalar<long>($"select sum(amount)::bigint from {table}");

    private static long Leftovers(CorpusRun run) =>
        run.Connection.Scalar<long>("select count(*) from information_schema.tables where table_name like '%\\_\\_weir\\_build' escape '\\'");

    private sealed class Dies(string before) : IProgress<NodeProgress>
    {
        public void Report(NodeProgress value)
        {
            if (value.UniqueId == before)
                throw new InvalidOperationException("killed");
        }
    }
}
