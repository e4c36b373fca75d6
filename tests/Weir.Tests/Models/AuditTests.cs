using Weir.DuckDb;
using Weir.Models;

namespace Weir.Tests.Models;

/// <summary>What tests look at on an incremental run, and what they leave behind.</summary>
public class AuditTests
{
    private const string Keyed = "{{ config(materialized='incremental', unique_key='id') }}select * from {{ ref('raw') }}";

    [Theory]
    [InlineData(0, false, 0)]
    [InlineData(100_000, false, 0)]
    [InlineData(0, true, 1)]
    public async Task Row_tests_see_the_changed_units_and_a_full_audit_the_whole_table(long copyBelow, bool full, int failed)
    {
        using var project = await Incremental("not_null");
        project.Connection.Execute("update kept set v = null where id = 1"); // not by a build

        var result = await project.Build(new BuildRequest([]) { CopyBelow = copyBelow, FullAudit = full });

        result.ExitCode.ShouldBe(failed);
    }

    [Theory]
    [InlineData("3,20", 1)] // the value of an old row of another unit
    [InlineData("3,30", 0)]
    public async Task Unique_compares_the_changed_values_with_the_whole_table(string row, int failed)
    {
        using var project = await Incremental("unique");
        project.Connection.Execute("insert into kept values (8, 80), (9, 80)"); // an old fault, in no changed unit
        project.Seed("raw", $"id,v\n{row}\n");

        (await project.Build(new BuildRequest([]) { CopyBelow = 0 })).ExitCode.ShouldBe(failed);
    }

    [Fact]
    public async Task Stored_failures_can_be_looked_at_afterwards()
    {
        using var project = new SmallProject().Seed("raw", "id,v\n1,10\n2,\n")
            .Write("seeds/s.yml", "seeds: [{name: raw, columns: [{name: v, data_tests: [{not_null: {config: {store_failures: true, severity: warn, alias: empty_v}}}]}]}]");

        await project.Build();

        project.Connection.Query("select table_schema || '.' || table_name from information_schema.tables where table_name like '%v%' and table_schema like '%audit'", row => row.GetString(0)).ShouldBe(["main_dbt_test__audit.empty_v"]);
    }

    [Fact]
    public async Task With_warn_error_a_warning_fails_the_build()
    {
        using var project = new SmallProject().Seed("raw", "id\n\n1\n").Write("seeds/s.yml", "seeds: [{name: raw, columns: [{name: id, data_tests: [{accepted_values: {arguments: {values: [2], quote: false}, config: {severity: warn}}}]}]}]");

        (await project.Build(new BuildRequest([]) { WarnError = true })).ExitCode.ShouldBe(1);
        (await project.Build()).ExitCode.ShouldBe(0);
    }

    private static async Task<SmallProject> Incremental(string test)
    {
        var project = new SmallProject().Seed("raw", "id,v\n1,10\n2,20\n").Model("kept", Keyed).Write("models/s.yml", $"models: [{{name: kept, columns: [{{name: v, data_tests: [{test}]}}]}}]");
        (await project.Build()).ExitCode.ShouldBe(0);
        return project.Seed("raw", "id,v\n3,30\n");
    }
}
