using System.Net.Http.Headers;
using System.Text;
using Weir.DuckDb;
using Weir.Lake;
using Weir.Storage;
using Weir.Tests.Lake;
using static Weir.Tests.Acceptance.Up;

namespace Weir.Tests.Acceptance;

/// <summary>
/// A person's data is sent by every way there is, through the whole program outside production, and then looked for in all that it wrote and showed: every file under the data folder, as
/// bytes and, of Parquet files and the warehouse, as the rows they hold; the live tap; what the program said.
/// </summary>
public sealed class PlantedSecretsTests : IDisposable
{
    /// <summary>What no file may hold.</summary>
    private static readonly string[] Secrets =
        ["grete.weiss", "secret-mail.example", "170 5550199", "1705550199", "Margarete", "Weissenborn", "203.0.113.199", "hazelnuts", "Ahornallee", "DE0044123"];

    private static readonly string[] Events =
    [
        """{"event":"Signed Up","event_id":"8b9e4c2a-1111-4222-8333-944455556666","user_id":"grete.weiss@secret-mail.example","timestamp":"2026-03-01T09:00:00Z","page":{"url":"https://shop.example/welcome?email=grete.weiss%40secret-mail.example&first_name=Margarete","title":"Hello Margarete Weissenborn"},"properties":{"email":"Grete.Weiss@secret-mail.example","phone":"+49 170 5550199","customer":{"name":"Margarete Weissenborn","address":{"street":"Ahornallee 7"}},"remark":"allergic to hazelnuts","iban":"DE0044123","plan":"gold"}}""",
        """{"event":"Note Left","user_id":"u-7","timestamp":"2026-03-01T09:10:00Z","context":{"traits":{"email":"grete.weiss@secret-mail.example"}},"properties":{"remark":"\u0068azelnuts \u006da\u0067ically","tags":["grete.weiss@secret-mail.example",{"mobile_phone":491705550199}]}}""",
        """{"event":"Signed Up","user_id":"u-7","timestamp":"no time at all","properties":{"email":"grete.weiss@secret-mail.example","customer":{"name":"Margarete Weissenborn"}}}""",
        """{"event":"Mail to grete.weiss@secret-mail.example","user_id":"u-7","timestamp":"1970-01-01T00:00:00Z","properties":{"phone":"+49 170 5550199"}}""",
        """{"event":"Signed Up","grete.weiss@secret-mail.example":{"name":"Margarete","name":2}""",
        """Margarete Weissenborn, 203.0.113.199""",
    ];

    private readonly TemporaryProject project = new();
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromMinutes(1) };

    public void Dispose()
    {
        client.Dispose();
        project.Dispose();
    }

    [Fact]
    public async Task No_planted_secret_is_in_any_file_nor_in_the_live_tap_outside_production()
    {
        var found = await RunAsync("");
        found.Where(f => f.Found.Count > 0).Select(f => $"{f.Where}: {string.Join(", ", f.Found)}").ShouldBeEmpty();
        (await project.QueryAsync("select string_agg(distinct ip, ',') || ' ' || count(*) from lake.events where properties like '%gold%'")).ShouldBe("203.0.113.0 1"); // the rest is there
    }

    /// <summary>The search itself: where everything is kept it finds each secret in lake, live tap and warehouse; and still none in journal, quarantine, raw and logs, which hold bytes only encrypted.</summary>
    [Fact]
    public async Task The_search_finds_them_where_an_environment_keeps_them_but_never_in_what_is_sealed()
    {
        var found = await RunAsync("personal_data: {all: keep}\n");
        foreach (var place in new[] { "lake/events", "warehouse.duckdb", "live tap" })
            Secrets.Except(found.Where(f => f.Where.StartsWith(place, StringComparison.Ordinal)).SelectMany(f => f.Found)).ShouldBeEmpty(place);
        found.Where(f => f.Found.Count > 0 && new[] { "journal/", "raw/", "keys/", "run/", "dedupe/", "output" }.Any(p => f.Where.StartsWith(p, StringComparison.Ordinal))).ShouldBeEmpty();
        found.ShouldContain(f => f.Where.StartsWith("journal/", StringComparison.Ordinal) && f.Where.EndsWith(".seg", StringComparison.Ordinal));
        found.ShouldContain(f => f.Where.StartsWith("lake/quarantine/", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<(string Where, IReadOnlyList<string> Found)>> RunAsync(string settings)
    {
        project.With("weir.yml", "sources:\n  web: {write_keys: [shop-web], time_zone: UTC}\nlake: {commit_interval: 1s}\ncollect: {trusted_proxies: [127.0.0.1]}\n" + settings)
            .With("contracts/note/1.json", """{"x-weir":{"event":["Note Left","Signed Up"]},"properties":{"properties":{"properties":{"remark":{"type":"string","x-weir":{"pii":"text"}}}}}}""")
            .With("dbt_project.yml", "name: small\nmodel-paths: [models]\n")
            .With("models/all_events.sql", "{{ config(materialized='table') }} select * from lake.events").With("models/refused.sql", "{{ config(materialized='table') }} select * from lake.quarantine");
        var (studio, collect) = (FreePort(), FreePort());
        string output, tap;
        using (var up = WeirProcess.Start(null, "up", "--project", project.Folder, "--port", $"{studio}", "--collect-port", $"{collect}"))
        {
            await Eventually(() => Task.FromResult(up.Error.Contains("Ctrl-C stops", StringComparison.Ordinal)), up);
            using var follow = WeirProcess.Start(null, "inspect", "--follow", "--format", "json", "--project", project.Folder);
            await Eventually(() => Task.FromResult(follow.Error.Contains("Events as they arrive", StringComparison.Ordinal)), follow);
            foreach (var text in Events) await SendAsync(collect, text);
            await Eventually(() => Task.FromResult(follow.Output.Split("\"type\":\"fate\"").Length > Events.Length), follow);
            (await project.RunAsync("build")).ShouldSucceed();
            var traced = (await project.RunAsync("trace", "8b9e4c2a-1111-4222-8333-944455556666", "--format", "json")).ShouldSucceed();
            up.Terminate();
            (output, tap) = ((await up.WaitAsync(TimeSpan.FromMinutes(2))).Error + up.Output + traced.Output + traced.Error, follow.Output + follow.Error);
        }
        await CompactAsync();
        var data = project[".weir/local"];
        var files = Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        return [.. files.Select(f => (Path.GetRelativePath(data, f), Search(ContentOf(f)))), ("output", Search([output])), ("live tap", Search([tap]))];
    }

    private async Task SendAsync(int collect, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{collect}/v1/events?email=grete.weiss%40secret-mail.example") { Content = new StringContent(text, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("shop-web:"u8));
        request.Headers.Add("X-Forwarded-For", "203.0.113.199");
        request.Headers.Add("Cookie", "name=Margarete Weissenborn");
        request.Headers.Referrer = new Uri("https://shop.example/?email=grete.weiss%40secret-mail.example");
        using var response = await client.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(200, await response.Content.ReadAsStringAsync());
    }

    private async Task CompactAsync()
    {
        var time = new ShiftedTime { Ahead = TimeSpan.FromHours(3) };
        using var lake = LakeStore.Open(new LakeOptions(project[".weir/local/lake"]), LocalDisk.Instance, time);
        var maintenance = lake.Maintain(new MaintenanceOptions(project[".weir/local/run/maintenance"]) { FilesPerPartition = 1 });
        while (await maintenance.StepAsync(CancellationToken.None) is not null) { }
    }

    /// <summary>A file's bytes as text, and the rows that it holds.</summary>
    private static IEnumerable<string> ContentOf(string file)
    {
        yield return Encoding.Latin1.GetString(File.ReadAllBytes(file));
        if (file.EndsWith(".parquet", StringComparison.Ordinal))
        {
            foreach (var row in Rows("Data Source=:memory:", $"SELECT t::VARCHAR FROM read_parquet('{file}', hive_partitioning = false) t")) yield return row;
        }
        else if (file.EndsWith("warehouse.duckdb", StringComparison.Ordinal))
        {
            foreach (var table in Rows($"Data Source={file}", "SELECT format('\"{}\".\"{}\".\"{}\"', database_name, schema_name, table_name) FROM duckdb_tables()"))
                foreach (var row in Rows($"Data Source={file}", $"SELECT t::VARCHAR FROM {table} t")) yield return row;
        }
    }

    private static List<string> Rows(string source, string sql)
    {
        using var connection = new DuckDBConnection(source);
        connection.Open();
        return [.. connection.Query(sql, r => r.GetString(0))];
    }

    private static IReadOnlyList<string> Search(IEnumerable<string> content) =>
        [.. content.SelectMany(text => Secrets.Where(s => text.Contains(s, StringComparison.OrdinalIgnoreCase))).Distinct()];
}
