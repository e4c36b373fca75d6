using Weir.Models;

namespace Weir.Tests.Models;

/// <summary>Rows of one definition never lie beside those of another.</summary>
public class RecordedVarsTests
{
    private const string Macros = "{% macro weir_changed(relation) %}{{ relation }}{% endmacro %}{% macro weir_touched(relation, keys) %}{{ relation }}{% endmacro %}";

    [Fact]
    public async Task Another_value_of_a_variable_demands_a_full_refresh()
    {
        using var project = Sized(10);
        (await project.Build()).ExitCode.ShouldBe(0);
        Declare(project, 20).Seed("raw", "id\n1\n2\n");

        var refused = await project.Build();

        SmallProject.MessageOf(refused, "log").ShouldStartWith("models/log.sql: WEIR7060 the variable 'size' is 20, and the rows of log were built with 10");
        project.Rows("from log").ShouldBe(["1,10"]);

        (await project.Build(new BuildRequest([], FullRefresh: true))).ExitCode.ShouldBe(0);
        project.Rows("from log").ShouldBe(["1,20", "2,20"]);
        project.Seed("raw", "id\n1\n2\n3\n");
        (await project.Build()).ExitCode.ShouldBe(0);
        project.Rows("from log").ShouldBe(["1,20", "2,20", "3,20"]);
    }

    [Fact]
    public async Task A_default_in_the_model_is_a_parameter_and_may_differ()
    {
        using var project = new SmallProject().Write("macros/weir.sql", Macros).Seed("raw", "id\n1\n")
            .Model("log", "{{ config(materialized='incremental') }}select id, {{ var('run', 1) }} as run from {{ weir_changed(ref('raw')) }} as raw");
        (await project.Build()).ExitCode.ShouldBe(0);
        project.Model("log", "{{ config(materialized='incremental') }}select id, {{ var('run', 2) }} as run from {{ weir_changed(ref('raw')) }} as raw").Seed("raw", "id\n1\n2\n");

        (await project.Build()).ExitCode.ShouldBe(0);

        project.Rows("from log").ShouldBe(["1,1", "2,2"]);
    }

    [Fact]
    public async Task A_variable_that_an_incremental_run_does_not_use_is_remembered()
    {
        using var project = Declare(new SmallProject(), 10).Write("macros/weir.sql", Macros).Seed("raw", "id\n1\n")
            .Model("log", "{{ config(materialized='incremental') }}select id, {% if is_incremental() and not var('again', false) %}0{% else %}{{ var('size') }}{% endif %} as size from {{ weir_changed(ref('raw')) }} as raw");
        (await project.Build()).ExitCode.ShouldBe(0);
        (await project.Build()).ExitCode.ShouldBe(0);

        project.Rows("select name, value from weir.vars").ShouldBe(["size,10"]);
    }

    [Fact]
    public async Task Other_contents_of_a_seed_build_its_readers_whole()
    {
        using var project = new SmallProject().Write("macros/weir.sql", Macros).Seed("raw", "id\n1\n").Seed("rates", "rate\n2\n")
            .Model("priced", "{{ config(materialized='incremental', unique_key='id') }}select id, id * rate as price from {{ weir_touched(ref('raw'), 'id') }} as raw, {{ ref('rates') }}");
        await project.Build();
        project.Seed("rates", "rate\n3\n");

        var result = await project.Build(BuildRequest.Everything with { Explain = true });

        project.Rows("from priced").ShouldBe(["1,3"]);
        result.Nodes.Single(node => node.UniqueId == "model.shop.priced").Restated.ShouldBe("all of it: the seed rates has other contents");
    }

    [Fact]
    public async Task What_a_change_restated_is_told()
    {
        using var project = new SmallProject().Write("macros/weir.sql", Macros).Seed("raw", "who,v\na,1\na,2\nb,3\n")
            .Model("sums", "{{ config(materialized='incremental', unique_key='who') }}select who, sum(v)::bigint as v from {{ weir_touched(ref('raw'), 'who') }} as raw group by who");
        await project.Build();
        project.Seed("raw", "who,v\na,1\na,2\na,5\nc,4\n"); // a has one more, b went, c came

        var result = await project.Build(BuildRequest.Everything with { Explain = true });

        result.Nodes.Single(node => node.UniqueId == "model.shop.sums").Restated.ShouldBe("3 × who: 2 rows replaced by 2, for raw +2-1");
        result.Nodes.Single(node => node.UniqueId == "seed.shop.raw").Restated.ShouldBeEmpty();
    }

    private static SmallProject Sized(int size) => Declare(new SmallProject(), size).Write("macros/weir.sql", Macros).Seed("raw", "id\n1\n")
        .Model("log", "{{ config(materialized='incremental') }}select id, {{ var('size') }} as size from {{ weir_changed(ref('raw')) }} as raw");

    private static SmallProject Declare(SmallProject project, int size) => project.Write("dbt_project.yml", $"name: shop\nconfig-version: 2\nvars:\n  size: {size}\n");
}
