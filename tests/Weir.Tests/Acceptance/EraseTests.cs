using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Weir.Tests.Acceptance;

/// <summary>The commands of the guide about personal data, in their order, on a project that has the person whom it erases.</summary>
public sealed partial class EraseTests : IDisposable
{
    private readonly TemporaryProject project = new TemporaryProject()
        .With("weir.yml", "sources:\n  web: {files: '*.ndjson', time_zone: UTC}\nenvironments:\n  production: {}\n")
        .With("dbt_project.yml", "name: small\nmodel-paths: [models]\nsnapshot-paths: [snapshots]\n")
        .With("models/visits.sql", "{{ config(materialized='table') }} select user_id, event, properties from lake.events")
        .With("models/grown.sql", "{{ config(materialized='incremental') }} select user_id, event_time from lake.events {% if is_incremental() %} where event_time > (select max(event_time) from {{ this }}) {% endif %}")
        .With("snapshots/people.sql", "{% snapshot people %}{{ config(unique_key='user_id', strategy='check', check_cols='all') }} select user_id, max(properties) as properties from lake.events group by all{% endsnapshot %}")
        .With("events.ndjson", """
            {"event":"page","user_id":"u-1001","timestamp":"2026-03-01T09:00:00Z"}
            {"event":"page","user_id":"u-7","timestamp":"2026-03-01T09:10:00Z","properties":{"to":"Erika@example.org"}}
            {"event":"page","user_id":"u-8","timestamp":"2026-03-01T09:20:00Z"}
            {"event":"page","user_id":"u-1001","timestamp":"not yet"}
            """);

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task The_guides_commands_run_in_order_and_leave_nothing_of_the_person()
    {
        (await RunAsync("load", project["events.ndjson"], "--source", "web")).ShouldSucceed();
        (await RunAsync("build")).ShouldSucceed();
        (await RowsAsync("visits")).ShouldBe("u-1001,u-7,u-8");
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", "personal-data.md")).ReplaceLineEndings("\n");
        var commands = ShellBlock().Matches(guide).SelectMany(b => b.Groups[1].Value.Split('\n')).Where(l => l.StartsWith("weir ", StringComparison.Ordinal)).ToList();
        commands.Count.ShouldBeGreaterThan(4);
        foreach (var command in commands)
        {
            var ran = await RunAsync([.. CommandLineParser.SplitCommandLine(command).Skip(1)]);
            ran.ExitCode.ShouldBe(0, $"{command}: {ran.Error}");
            if (!command.Contains(" erase ", StringComparison.Ordinal)) continue;
            ran.Output.ShouldContain("quarantine");
            if (command.EndsWith("--plan", StringComparison.Ordinal)) (await RowsAsync("visits")).ShouldBe("u-1001,u-7,u-8");
        }
        (await RowsAsync("visits")).ShouldBe("u-8");
        (await RowsAsync("grown")).ShouldBe("u-8");
        (await RowsAsync("people")).ShouldBe("u-8");
        (await QueryAsync("select count(*) from lake.quarantine")).ShouldBe("0");

        // The same again takes nothing, and what is sent again does not land.
        project.With("late.ndjson", """{"event":"page","user_id":"u-1001","timestamp":"2026-03-01T09:30:00Z"}""");
        (await RunAsync("load", project["late.ndjson"], "--source", "web")).ShouldSucceed().Error.ShouldContain("1 dropped");
        (await RunAsync("erase", "--id", "user=u-1001", "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").ShouldBe("table,source,rows,files\n");
        (await RunAsync("erase", "--id", "name=Erika")).ExitCode.ShouldBe(2);
    }

    private Task<WeirProcess.Result> RunAsync(params string[] arguments) => project.RunAsync([.. arguments, "--env", "production"]);

    private Task<string> RowsAsync(string table) => QueryAsync($"select string_agg(distinct user_id, ',' order by user_id) from {table}");

    private async Task<string> QueryAsync(string sql)
    {
        var lines = (await RunAsync("query", sql, "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        return lines[^1].Trim('"');
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();
}
