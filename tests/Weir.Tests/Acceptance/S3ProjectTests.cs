using Weir.Tests.Lake.S3;

namespace Weir.Tests.Acceptance;

/// <summary>A project whose lake is on S3, as a user has it: commands, and weir.yml alone says where.</summary>
public sealed class S3ProjectTests : IDisposable
{
    private const string Rows = """
        select to_json(e)::varchar as row from (select * exclude (_stream, received_at) from lake.events order by all) e
        union all select to_json(o)::varchar from (select * exclude (_stream, received_at, date) from lake.orders order by all) o
        union all select to_json(q)::varchar from (select source, reason, _position, bytes from lake.quarantine order by all) q
        union all select to_json(v)::varchar from (select * from visits order by all) v
        """;

    private readonly TemporaryProject project = new TemporaryProject()
        .With("dbt_project.yml", "name: small\nmodel-paths: [models]\n")
        .With("models/visits.sql", "{{ config(materialized='table') }} select user_id, count(*) as events, min(event_time) as first_seen from lake.events group by all")
        .With("in/orders.csv", "id,total\n" + string.Concat(Enumerable.Range(0, 300).Select(n => $"o-{n},{n}.50\n")))
        .With("in/a.ndjson", string.Concat(Enumerable.Range(0, 2_000).Select(n => Event(n % 1_900))) + "{\"event\":\"page\",\"timestamp\":\"not yet\"}\n{\n")
        .With("late/b.ndjson", string.Concat(Enumerable.Range(1_800, 200).Select(Event)));

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task A_laptops_project_moves_to_S3_by_configuration_only_and_all_of_it_works_there()
    {
        var server = await S3Server.GetAsync();
        var at = server.NewLake(project["nowhere"]);
        project.With("weir.yml", $$"""
            sources:
              web: {files: 'in/*.ndjson', time_zone: UTC}
              orders: {files: 'in/*.csv', format: csv, entity: orders, key: [id], fields: [{name: id, type: varchar, required: true}, {name: total, type: 'decimal(18,4)'}]}
            intake: {still: 0}
            lake: {commit_bytes: 100KB}
            environments:
              cloud:
                lake: {url: "{{at.Url}}", endpoint: "{{at.Endpoint}}", region: us-east-1, storage_class: STANDARD_IA, cache: 200MB}
            """);
        foreach (var environment in new[] { "local", "cloud" })
        {
            (await RunAsync(environment, "sync")).ShouldSucceed();
            (await RunAsync(environment, "build")).ShouldSucceed();
        }
        var rows = await RowsAsync("cloud");
        rows.Length.ShouldBe(1_900 + 300 + 2 + 7);
        rows.ShouldBe(await RowsAsync("local"));
        Directory.Exists(project[".weir/cloud/lake"]).ShouldBeFalse();
        (await server.KeysAsync(at)).ShouldContain(k => k.StartsWith("_witness/", StringComparison.Ordinal));

        // Another day, another machine: nothing is here of what the first one remembered and fetched.
        Directory.Delete(project[".weir/cloud/cache"], recursive: true);
        Directory.Delete(project[".weir/cloud/dedupe"], recursive: true);
        (await RunAsync("cloud", "load", project["late/b.ndjson"], "--source", "web")).ShouldSucceed().Error.ShouldContain("100 landed, 100 duplicate");

        (await RunAsync("cloud", "erase", "--id", "user=u-3")).ShouldSucceed();
        (await QueryAsync("cloud", "select count(*), count(*) filter (where user_id = 'u-3') from lake.events")).ShouldBe("1714,0"); // of 2000, seven users had as many each, to within one
        (await RunAsync("cloud", "account", "--verify")).ShouldSucceed();
        var doctor = await RunAsync("cloud", "doctor");
        doctor.Error.ShouldContain($"Lake: {at.Url}");
        doctor.ShouldSucceed();
        (await RunAsync("cloud", "lake", "views", "--into", project["for-dbt.duckdb"])).ShouldSucceed();
    }

    [Fact]
    public async Task Mistakes_about_where_the_lake_is_are_told_at_once_and_never_a_secret()
    {
        project.With("weir.yml", "sources: {}\nlake: {url: 'gs://x', endpoint: 'https://me:hush@s3.example.com', storage_class: DEEP_ARCHIVE, cache: 1MB}\n");
        var error = (await project.RunAsync("account")).Error;
        foreach (var said in new[] { "lake.url is 'gs://x', but must be s3://bucket", "lake.endpoint must be the server's address", "lake.storage_class is 'DEEP_ARCHIVE', but must be one that is read at once", "lake.cache must be at least 100MB" })
            error.ShouldContain(said);
        error.ShouldNotContain("hush");
        project.With("weir.yml", "sources: {}\nlake: {url: 's3://x'}\nretention: {tiers: {DEEP_ARCHIVE: 30d}}\n");
        (await project.RunAsync("account")).Error.ShouldContain("retention.tiers.DEEP_ARCHIVE is no storage class that is read at once");
        project.With("weir.yml", "sources: {}\nlake: {region: eu-west-1}\n");
        (await project.RunAsync("account")).Error.ShouldContain("lake.region says where on S3 the lake is, but there is no lake.url");
    }

    private static string Event(int n) =>
        $$$"""{"event_id":"{{{n}}}","event":"page","user_id":"u-{{{n % 7}}}","timestamp":"2026-03-01T{{{n % 24:00}}}:{{{n % 60:00}}}:00Z","properties":{"n":{{{n}}}}}""" + "\n";

    private Task<WeirProcess.Result> RunAsync(string environment, params string[] arguments) => project.RunAsync([.. arguments, "--env", environment]);

    private async Task<string[]> RowsAsync(string environment) => [.. (await QueryAsync(environment, Rows)).Split('\n').Order(StringComparer.Ordinal)];

    private async Task<string> QueryAsync(string environment, string sql)
    {
        var output = (await RunAsync(environment, "query", sql, "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").TrimEnd();
        return output[(output.IndexOf('\n') + 1)..];
    }
}
