using Weir.DuckDb;
using Weir.Models.Lineage;

namespace Weir.Tests.Models.Lineage;

public class ProjectLineageTests
{
    [Fact]
    public void Seeds_snapshots_and_ephemeral_models_are_nodes_of_their_own_and_nothing_need_be_built()
    {
        using var project = new SmallProject()
            .Seed("raw", "id,v,changed\n1,2,2026-01-01\n")
            .Model("kept", "{{ config(materialized='ephemeral') }}select id, v + 1 as w from {{ ref('raw') }}")
            .Model("top", "with own as (select * from {{ ref('kept') }}) select id, w as z from own")
            .Write("snapshots/past.yml", "snapshots: [{name: past, relation: ref('raw'), config: {strategy: timestamp, unique_key: id, updated_at: changed}}]");

        var lineage = project.Lineage();

        LineageProject.Write(lineage.Find("kept")!).ShouldBe("id =raw.id; w <raw.v |");
        LineageProject.Write(lineage.Find("top")!).ShouldBe("id =kept.id; z =kept.w |");
        LineageProject.Write(lineage.Find("past")!).ShouldBe(
            "id =raw.id; v =raw.v; changed =raw.changed; dbt_scd_id <raw.changed <raw.id; dbt_updated_at =raw.changed; dbt_valid_from =raw.changed; dbt_valid_to <raw.changed |");
        lineage.UnresolvedCount.ShouldBe(0);
    }

    [Fact]
    public void A_model_is_described_as_its_SQL_is_now_not_as_it_was_built()
    {
        using var project = new SmallProject().Seed("raw", "id,v\n1,2\n").Model("a", "select * from {{ ref('raw') }}").Model("b", "select * from {{ ref('a') }}");
        project.Connection.Execute("create table a as select 1 as old");

        LineageProject.Write(project.Lineage().Find("b")!).ShouldBe("id =a.id; v =a.v |");
    }

    [Fact]
    public void Columns_of_a_source_that_is_not_there_are_taken_from_how_they_are_named_and_a_star_of_it_is_counted()
    {
        using var project = new SmallProject()
            .Write("models/s.yml", "sources: [{name: far, tables: [{name: t}]}]")
            .Model("named", "select t.id, v + 1 as w from {{ source('far', 't') }} as t")
            .Model("starred", "select * from {{ source('far', 't') }}")
            .Model("below", "select k from {{ ref('starred') }}");

        var lineage = project.Lineage();

        LineageProject.Write(lineage.Find("named")!).ShouldBe("id =t.id; w <t.v |");
        LineageProject.Write(lineage.Find("below")!).ShouldBe("k =starred.k |");
        lineage.Find("starred")!.Unresolved!.ShouldContain("its columns are not known");
        lineage.UnresolvedCount.ShouldBe(2); // the source and the star
    }

    [Fact]
    public void A_table_that_the_project_does_not_name_goes_by_its_name_in_the_warehouse()
    {
        using var project = new SmallProject().Model("a", "select * from rates");
        project.Connection.Execute("create table rates (day date, rate double)");

        project.Lineage().Find("a")!.Columns.Select(column => column.Inputs.Single().Column.ToString()).ShouldBe(["main.rates.day", "main.rates.rate"]);
    }

    [Fact]
    public void Downstream_ends_at_exposures()
    {
        using var project = new SmallProject().Seed("raw", "id,v\n1,2\n").Model("a", "select v + 1 as w, id from {{ ref('raw') }}")
            .Write("models/e.yml", "exposures: [{name: board, type: dashboard, owner: {name: Ann}, depends_on: [ref('a')]}]");
        var lineage = project.Lineage();

        lineage.Downstream(lineage.ColumnsNamed("raw.v")).Select(step => $"{step.Distance} {step.Column} {step.Input.Column.Column} {step.Input.IsDirect}")
            .ShouldBe(["1 model.shop.a.w v False", "2 exposure.shop.board.* w True"]);
    }

    [Theory]
    [InlineData("orderz", "There is no model, seed, snapshot or source 'orderz'. Did you mean 'orders'?")]
    [InlineData("orders.amont", "orders has no column 'amont'. Did you mean 'amount'?")]
    public void A_name_that_is_none_is_an_error_with_a_suggestion(string name, string message)
    {
        using var project = new SmallProject().Model("orders", "select 1 as amount");

        var error = Should.Throw<WeirException>(() => project.Lineage().ColumnsNamed(name));

        error.Code.ShouldBe("WEIR7095");
        error.Message.ShouldContain(message);
    }
}
