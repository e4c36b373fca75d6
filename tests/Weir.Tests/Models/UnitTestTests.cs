using Weir.Models;

namespace Weir.Tests.Models;

/// <summary>Unit tests of models: what people are told, and what a failure holds back.</summary>
public class UnitTestTests
{
    [Fact]
    public async Task A_failing_unit_test_keeps_its_model_and_shows_the_rows_that_differ()
    {
        using var project = Project("given: [{input: ref('raw'), rows: [{id: 1, v: 3}, {id: 2, v: 4}]}]\n    expect: {rows: [{id: 1, w: 6}, {id: 3, w: 1}]}");

        var result = await project.Build();

        result.ExitCode.ShouldBe(1);
        result.Nodes.Single(node => node.UniqueId == "unit_test.shop.doubled.ut").Message.ShouldEndWith("+ is returned, - is missing\n  + (2, 8)\n  - (3, 1)");
        SmallProject.MessageOf(result, "below").ShouldBe("not built, because doubled failed");
        project.Rows("select table_name from information_schema.tables where table_schema = 'main'").ShouldBe(["raw"]);
    }

    [Theory]
    [InlineData("given: []\n    expect: {rows: [{id: 1}]}", "gives no rows for ref('raw')")]
    [InlineData("given: [{input: ref('raw'), rows: [{idd: 1}]}]\n    expect: {rows: [{id: 1}]}", "names the column 'idd', which it has not. Did you mean 'id'?")]
    [InlineData("given: [{input: ref('raw'), rows: [{id: 1}]}]\n    expect: {rows: [{x: 1}]}", "names the column 'x'")]
    public async Task A_unit_test_that_cannot_run_says_why(string text, string about)
    {
        using var project = Project(text);

        var message = (await project.Build()).Nodes.Single(node => node.UniqueId == "unit_test.shop.doubled.ut").Message;

        message.ShouldContain(": WEIR7077 ");
        message.ShouldContain(about);
    }

    [Fact]
    public async Task Hooks_of_a_run_have_results_and_one_that_fails_stops_the_build()
    {
        using var project = new SmallProject("on-run-start: ['create table seen as select 1 as id', 'select * from nowhere', 'select 1']\n").Model("a", "select 1 as id");

        var result = await project.Build();

        result.Nodes.Select(node => (node.UniqueId, node.Status)).ShouldBe(
        [
            ("operation.shop.shop-on-run-start-0", NodeStatus.Success), ("operation.shop.shop-on-run-start-1", NodeStatus.Error), ("operation.shop.shop-on-run-start-2", NodeStatus.Skipped),
        ]);
        result.ExitCode.ShouldBe(1);
        result.Nodes[1].Message.ShouldContain("WEIR7074 the hook of dbt_project.yml:3 failed");
    }

    private static SmallProject Project(string unitTest) => new SmallProject().Seed("raw", "id,v\n1,2\n")
        .Model("doubled", "{{ config(materialized='table') }}select id, v * 2 as w from {{ ref('raw') }}")
        .Model("below", "{{ config(materialized='table') }}select * from {{ ref('doubled') }}")
        .Write("models/s.yml", $"unit_tests:\n  - name: ut\n    model: doubled\n    {unitTest}\n");
}
