namespace Weir.Tests.Acceptance;

/// <summary>The commands about models as a user gives them, on a dbt project that is no Weir project.</summary>
public class ModelCommandTests
{
    [Fact]
    public async Task A_dbt_project_is_built_in_the_file_its_profile_names()
    {
        using var project = Project();
        (await project.RunAsync("seed")).ExitCode.ShouldBe(0);
        var built = await project.RunAsync("build", "--select", "+orders", "--vars", "min: 1", "--format", "csv");
        built.ExitCode.ShouldBe(0, built.Error);
        built.Output.ShouldContain("main.orders,model,success,2");
        File.Exists(project["target/manifest.json"]).ShouldBeTrue();
        File.Exists(project["shop.duckdb"]).ShouldBeTrue();

        var listed = await project.RunAsync("ls", "--select", "+orders", "--resource-type", "model");
        listed.Output.ReplaceLineEndings("\n").Trim().ShouldBe("model.shop.orders");

        var compiled = await project.RunAsync("compile", "-s", "orders", "--exclude-resource-type", "test", "--vars", "{min: 2}");
        compiled.Output.ReplaceLineEndings("\n").Trim().ShouldBe("select * from \"shop\".\"main\".\"raw\" where amount > 2");

        (await project.RunAsync("test", "-s", "orders")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_failed_run_ends_with_1_and_can_be_tried_again()
    {
        using var project = Project().With("models/broken.sql", "select nope from {{ ref('orders') }}").With("models/after.sql", "select * from {{ ref('broken') }}");
        var failed = await project.RunAsync("build", "--publish", "as-dbt");
        failed.ExitCode.ShouldBe(1);
        failed.Error.ShouldContain("models/broken.sql:1: WEIR7021");
        project.With("models/broken.sql", "select 1 as fine from {{ ref('orders') }}");
        var again = await project.RunAsync("retry", "--format", "csv");
        again.ExitCode.ShouldBe(0, again.Error);
        again.Output.ReplaceLineEndings("\n").Trim().Split('\n').Skip(1).Select(line => line.Split(',')[0]).ShouldBe(["main.broken", "main.after"]);
        (await project.RunAsync("retry")).Error.ShouldContain("Nothing failed");
    }

    [Theory]
    [InlineData("WEIR7017", "ls", "-s", "tga:x")]
    [InlineData("WEIR7032", "build", "--target", "prod")]
    [InlineData("WEIR7034", "run", "--vars", "{a: ")]
    [InlineData("WEIR7043", "run", "-s", "state:modified")]
    [InlineData("WEIR7046", "run", "--event-time-start", "yesterday")]
    [InlineData("Unrecognized", "run", "--no-such-flag")]
    public async Task A_mistake_of_the_command_line_ends_with_2(string told, params string[] command)
    {
        using var project = Project();
        var result = await project.RunAsync(command);
        result.ExitCode.ShouldBe(2);
        (result.Error + result.Output).ShouldContain(told);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_told_with_where_it_is_named()
    {
        using var project = Project().With("shop.duckdb", "this is no database");
        var result = await project.RunAsync("build");
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("WEIR7047");
        result.Error.ShouldContain("which profiles.yml names");
        File.ReadAllText(project["shop.duckdb"]).ShouldBe("this is no database");
    }

    [Fact]
    public async Task Compile_shows_any_single_node_and_nothing_chosen_is_said_so()
    {
        using var project = Project().With("analyses/look.sql", "select count(*) from {{ ref('orders') }}");
        (await project.RunAsync("compile", "-s", "look")).Output.Trim().ShouldBe("select count(*) from \"shop\".\"main\".\"orders\"");
        (await project.RunAsync("compile", "-s", "not_null_orders_id")).Output.ShouldContain("where id is null");
        var nothing = await project.RunAsync("build", "-s", "oders");
        nothing.ExitCode.ShouldBe(0);
        nothing.Error.ShouldContain("the selector 'oders' matches nothing.");
        nothing.Error.ShouldContain("Nothing was chosen");
    }

    [Fact]
    public async Task Lineage_works_in_a_dbt_project_before_anything_is_built()
    {
        using var project = Project().With("models/totals.sql", "select day, sum(amount) as total from {{ ref('orders') }} group by day");
        var result = await project.RunAsync("lineage", "totals.total", "--upstream", "--format", "csv");
        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ReplaceLineEndings("\n").TrimEnd().ShouldBe("step,column,from,how,why\n-1,totals.total,orders.amount,derived,\n-2,orders.amount,raw.amount,direct,");
    }

    [Fact]
    public async Task Stale_sources_end_with_1()
    {
        using var project = Project().With("models/sources.yml", "sources:\n  - name: main\n    tables:\n      - {name: raw, config: {loaded_at_field: cast(day as timestamp), freshness: {error_after: {count: 1, period: day}}}}\n");
        (await project.RunAsync("seed")).ExitCode.ShouldBe(0);
        var result = await project.RunAsync("source", "freshness", "--format", "csv");
        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("source.shop.main.raw,fail,2024-01-02");
        File.Exists(project["target/sources.json"]).ShouldBeTrue();
    }

    private static TemporaryProject Project() => new TemporaryProject()
        .With("dbt_project.yml", "name: shop\nprofile: shop\nvars: {min: 0}\nmodels: {+materialized: table}\n")
        .With("profiles.yml", "shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb}\n")
        .With("seeds/raw.csv", "id,amount,day\n1,1,2024-01-01\n2,2,2024-01-02\n3,3,2024-01-02\n")
        .With("models/orders.sql", "select * from {{ ref('raw') }} where amount > {{ var('min') }}")
        .With("models/schema.yml", "models:\n  - name: orders\n    columns: [{name: id, data_tests: [unique, not_null]}]\n");
}
