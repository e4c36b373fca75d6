using System.Text.Json;
using Weir.Models;

namespace Weir.Tests.Models;

/// <summary>Batches that fail: what dbt 1.11 does was looked at with the same project.</summary>
public class MicrobatchTests
{
    private const string Source = "{{ config(materialized='table', event_time='ts') }}select id, timestamp '2024-01-01 05:00:00' + interval (id - 1) day as ts, v from {{ ref('raw') }}";
    private const string Model = "{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='ts', begin='2024-01-01', batch_size='day') }}\nselect id, ts, cast(v as int) as v\nfrom {{ ref('events') }}";
    private static readonly DateTime From = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task As_dbt_the_batches_that_succeed_are_published_and_a_retry_does_the_failed_ones_only()
    {
        using var project = Project();
        var target = Directory.CreateTempSubdirectory("weir-target-").FullName;
        var request = new BuildRequest([]) { Publish = PublishMode.AsDbt, EventTimeStart = From, EventTimeEnd = From.AddDays(3), TargetFolder = target };

        var failed = await project.Build(request);

        failed.ExitCode.ShouldBe(1);
        failed.Nodes.Single(node => node.UniqueId == "model.shop.mb").Status.ShouldBe(NodeStatus.PartialSuccess);
        SmallProject.MessageOf(failed, "mb").ShouldStartWith("2 of 3 batches are published; of 20240102: models/mb.sql:2: WEIR7021 Conversion Error");
        failed.Nodes.Single(node => node.UniqueId == "model.shop.down").Status.ShouldBe(NodeStatus.Skipped);
        project.Rows("select id, v from mb").ShouldBe(["1,1", "3,3"]);
        var result = JsonDocument.Parse(File.ReadAllText(Path.Combine(target, "run_results.json"))).RootElement.GetProperty("results").EnumerateArray().Single(node => node.GetProperty("unique_id").GetString() == "model.shop.mb");
        result.GetProperty("status").GetString().ShouldBe("partial success");
        JsonElement.DeepEquals(result.GetProperty("batch_results"), JsonDocument.Parse("""
            {"successful": [["2024-01-01T00:00:00+00:00", "2024-01-02T00:00:00+00:00"], ["2024-01-03T00:00:00+00:00", "2024-01-04T00:00:00+00:00"]], "failed": [["2024-01-02T00:00:00+00:00", "2024-01-03T00:00:00+00:00"]]}
            """).RootElement).ShouldBeTrue();

        project.Seed("raw", "id,v\n1,100\n2,2\n3,300\n");
        await project.Build(new BuildRequest(["raw", "events"]) { Publish = PublishMode.AsDbt });
        var again = await project.Build(Retry.Read(target).Request with { TargetFolder = target });

        again.ExitCode.ShouldBe(0, SmallProject.MessageOf(again, "mb"));
        project.Rows("select id, v from down").ShouldBe(["1,1", "2,2", "3,3"]); // what had succeeded is not made again
        Directory.Delete(target, recursive: true);
    }

    [Fact]
    public async Task A_failed_batch_leaves_the_rows_of_its_time_as_they_were()
    {
        using var project = Project();
        project.Seed("raw", "id,v\n1,1\n2,2\n3,3\n");
        var request = new BuildRequest([]) { Publish = PublishMode.AsDbt, EventTimeStart = From, EventTimeEnd = From.AddDays(3) };
        await project.Build(request);
        project.Seed("raw", "id,v\n1,10\n2,bad\n3,30\n");

        (await project.Build(request)).ExitCode.ShouldBe(1);

        project.Rows("select id, v from mb").ShouldBe(["1,10", "2,2", "3,30"]);
    }

    [Fact]
    public async Task Published_together_a_failed_batch_keeps_the_whole_model_back_and_a_retry_makes_its_range_again()
    {
        using var project = Project();
        var target = Directory.CreateTempSubdirectory("weir-target-").FullName;
        var failed = await project.Build(new BuildRequest([]) { EventTimeStart = From, EventTimeEnd = From.AddDays(3), TargetFolder = target });
        failed.Nodes.Single(node => node.UniqueId == "model.shop.mb").Status.ShouldBe(NodeStatus.Error);
        project.Rows("select count(*) from duckdb_tables() where table_name = 'mb'").ShouldBe(["0"]);

        project.Seed("raw", "id,v\n1,1\n2,2\n3,3\n4,4\n");
        await project.Build(new BuildRequest(["raw", "events"]));
        (await project.Build(Retry.Read(target).Request)).ExitCode.ShouldBe(0);

        project.Rows("select id, v from down").ShouldBe(["1,1", "2,2", "3,3"]);
        Directory.Delete(target, recursive: true);
    }

    private static SmallProject Project() => new SmallProject().Seed("raw", "id,v\n1,1\n2,bad\n3,3\n").Model("events", Source).Model("mb", Model).Model("down", "select * from {{ ref('mb') }}");
}
