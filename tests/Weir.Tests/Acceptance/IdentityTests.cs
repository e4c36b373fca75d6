using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Weir.Identity.Resolving;

namespace Weir.Tests.Acceptance;

/// <summary>The commands of the guide about identity, in their order, on a project with two sisters, one laptop and one address.</summary>
public sealed partial class IdentityTests : IDisposable
{
    private static readonly string Anna = IdKinds.KeyOf("user", "u-1001");
    private static readonly string Berta = IdKinds.KeyOf("user", "u-1002");

    private readonly TemporaryProject project = new TemporaryProject()
        .With("weir.yml", """
            sources:
              web: {files: '*.ndjson', time_zone: UTC}
              crm:
                files: contacts/*.ndjson
                entity: contacts
                key: [contact_id]
                fields: [{name: contact_id, type: varchar}, {name: customer_id, type: varchar}, {name: email, type: varchar, pii: email}, {name: modified_at, type: timestamp}]
            environments:
              production: {}
            """)
        .With("dbt_project.yml", "name: small\nmodel-paths: [models]\n")
        .With("identity/rules.yml", "evidence:\n  events: {ids: {user: user_id, anonymous: anonymous_id}}\n  contacts: {ids: {crm: contact_id, user: customer_id, email: email}, at: modified_at}\n")
        .With("models/_sources.yml", "sources: [{name: identity, tables: [{name: customer_map}, {name: customer_merges}]}]")
        .With("models/visits.sql", """
            {{ config(materialized='table') }}
            select e.event, coalesce(u.customer_id, a.customer_id) as customer_id from lake.events e
            left join {{ source('identity', 'customer_map') }} u on u.kind = 'user' and u.id_value = e.user_id
            left join {{ source('identity', 'customer_map') }} a on a.kind = 'anonymous' and a.id_value = e.anonymous_id and e.event_time >= a.valid_from and e.event_time < a.valid_to
            """)
        .With("events.ndjson", """
            {"event":"before","anonymous_id":"laptop","timestamp":"2026-03-01T08:00:00Z"}
            {"event":"anna","user_id":"u-1001","anonymous_id":"laptop","timestamp":"2026-03-01T09:00:00Z"}
            {"event":"between","anonymous_id":"laptop","timestamp":"2026-03-01T09:10:00Z"}
            {"event":"berta","user_id":"u-1002","anonymous_id":"laptop","timestamp":"2026-03-01T09:20:00Z"}
            {"event":"after","anonymous_id":"laptop","timestamp":"2026-03-01T09:30:00Z"}
            {"event":"phone","user_id":"u-1001","anonymous_id":"phone","timestamp":"2026-03-01T10:00:00Z"}
            """)
        .With("contacts.ndjson", """
            {"contact_id":"c-1","customer_id":"u-1001","email":"sisters@example.org","modified_at":"2026-02-01T00:00:00Z"}
            {"contact_id":"c-2","customer_id":"u-1002","email":"Sisters@example.org","modified_at":"2026-02-02T00:00:00Z"}
            """);

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task The_guides_commands_run_in_order_split_two_sisters_and_erase_one_of_them()
    {
        (await RunAsync("load", project["events.ndjson"], "--source", "web")).ShouldSucceed();
        (await RunAsync("load", project["contacts.ndjson"], "--source", "crm")).ShouldSucceed();
        (await RunAsync("build")).ShouldSucceed(); // which begins with identity
        (await VisitsAsync()).ShouldBe("after first,anna first,before first,berta first,between first,phone first".Replace("first", string.CompareOrdinal(Anna, Berta) < 0 ? "Anna" : "Berta"));

        foreach (var command in Commands())
        {
            var ran = await RunAsync([.. CommandLineParser.SplitCommandLine(command).Skip(1)]);
            ran.ExitCode.ShouldBe(0, $"{command}: {ran.Error}");
            if (command.Contains("explain", StringComparison.Ordinal)) ran.Output.ShouldContain("anonymous=laptop");
            if (command.Contains("suspects", StringComparison.Ordinal)) ran.Output.ShouldContain("several user");
            if (command.EndsWith("--plan", StringComparison.Ordinal) && command.Contains("split", StringComparison.Ordinal)) File.Exists(project["identity/splits.csv"]).ShouldBeFalse();
            if (command == "weir build") (await VisitsAsync()).ShouldBe("after Berta,anna Anna,before Anna,berta Berta,between Anna,phone Anna");
            if (command.StartsWith("weir erase", StringComparison.Ordinal)) ran.Error.ShouldContain("anonymous=laptop"); // stays: her sister used it
        }

        File.ReadAllLines(project["identity/splits.csv"]).Length.ShouldBe(2);
        (await QueryAsync("select count(*) from lake.events where user_id = 'u-1001' or anonymous_id = 'phone'")).ShouldBe("0");
        (await QueryAsync("select count(*) from lake.contacts_history")).ShouldBe("0"); // the address is hers, too, wherever it stands
        (await QueryAsync("select string_agg(kind || '=' || id_value, ' ' order by kind) from identity.customer_map")).ShouldBe("anonymous=laptop user=u-1002");
        (await VisitsAsync()).ShouldBe("after Berta,before Berta,berta Berta,between Berta");
    }

    private static List<string> Commands() =>
        [.. ShellBlock().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", "identity.md")).ReplaceLineEndings("\n")).SelectMany(b => b.Groups[1].Value.Split('\n')).Where(l => l.StartsWith("weir ", StringComparison.Ordinal))];

    private Task<WeirProcess.Result> RunAsync(params string[] arguments) => project.RunAsync([.. arguments, "--env", "production"]);

    private async Task<string> VisitsAsync() => await QueryAsync($"select string_agg(event || ' ' || case customer_id when '{Anna}' then 'Anna' when '{Berta}' then 'Berta' else 'nobody' end, ',' order by event) from visits");

    private async Task<string> QueryAsync(string sql)
    {
        var result = (await RunAsync("query", sql, "--format", "csv")).ShouldSucceed();
        return result.Output[(result.Output.IndexOf('\n') + 1)..].ReplaceLineEndings("\n").Trim().Trim('"');
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();
}
