using System.Text;
using Weir.DuckDb;

namespace Weir.Tests.Acceptance;

/// <summary>A person who is known by six ids, each of which stands somewhere without all the others, is erased by one of them. Whose is what was planted by hand.</summary>
public sealed class ErasedPersonTests : IDisposable
{
    private const string User = "u-47110815", Mail = "erika.musterfrau@example.org", Laptop = "cookie-laptop-31", Phone = "cookie-phone-32", Device = "device-ad-id-33", Contact = "c-90210";

    private static readonly string[] Hers = [User, Mail, Laptop, Phone, Device, Contact];

    private readonly TemporaryProject project = new TemporaryProject()
        .With("weir.yml", """
            lake: {vacuum_after: 0s}
            sources:
              web: {files: '*.ndjson', time_zone: UTC, require_identity: false}
              crm: {files: 'crm/*.ndjson', entity: contacts, key: [contact_id], fields: [{name: contact_id, type: varchar}, {name: customer_id, type: varchar}, {name: email, type: varchar, pii: email}]}
              shop: {files: 'shop/*.ndjson', entity: orders, key: [id], fields: [{name: id, type: varchar}, {name: customer_id, type: varchar}, {name: note, type: varchar}]}
              push: {files: 'push/*.ndjson', entity: devices, key: [token], fields: [{name: token, type: varchar}, {name: device_id, type: varchar}]}
            environments:
              production: {}
            """)
        .With("dbt_project.yml", "name: small\nmodel-paths: [models]\nsnapshot-paths: [snapshots]\n")
        .With("identity/rules.yml", "evidence:\n  events: {ids: {user: user_id, anonymous: anonymous_id, device: device_id}}\n  contacts: {ids: {crm: contact_id, user: customer_id, email: email}}\n  orders: {ids: {user: customer_id}}\n")
        .With("models/_sources.yml", "sources: [{name: identity, tables: [{name: customer_map}]}]")
        .With("models/visits.sql", "{{ config(materialized='incremental') }} select coalesce(user_id, anonymous_id, device_id) as who from lake.events {% if is_incremental() %} where false {% endif %}")
        .With("models/people.sql", "{{ config(materialized='table') }} select kind, id_value from {{ source('identity', 'customer_map') }}")
        .With("snapshots/seen.sql", "{% snapshot seen %}{{ config(unique_key='device_id', strategy='check', check_cols='all') }} select device_id, max(event) as event from lake.events where device_id is not null group by all{% endsnapshot %}")
        .With("events.ndjson", $$"""
            {"event":"in","user_id":"{{User}}","anonymous_id":"{{Laptop}}","timestamp":"2026-03-01T09:00:00Z"}
            {"event":"in","user_id":"{{User}}","anonymous_id":"{{Phone}}","device":{"id":"{{Device}}"},"timestamp":"2026-03-01T09:10:00Z"}
            {"event":"laptop","anonymous_id":"{{Laptop}}","timestamp":"2026-03-01T08:00:00Z"}
            {"event":"phone","anonymous_id":"{{Phone}}","timestamp":"2026-03-01T08:10:00Z"}
            {"event":"device","device":{"id":"{{Device}}"},"timestamp":"2026-03-01T08:20:00Z"}
            {"event":"mail","anonymous_id":"cookie-other","properties":{"to":"{{Mail}}"},"timestamp":"2026-03-01T08:30:00Z"}
            {"event":"never","device":{"id":"{{Device}}"},"timestamp":"not yet"}
            {"event":"in","user_id":"u-2","anonymous_id":"cookie-2","device":{"id":"device-2"},"timestamp":"2026-03-01T09:20:00Z"}
            """)
        .With("crm.ndjson", $$"""
            {"contact_id":"{{Contact}}","customer_id":"{{User}}","email":"{{Mail}}"}
            {"contact_id":"c-2","customer_id":"u-2","email":"other@example.org"}
            """)
        .With("shop.ndjson", $$"""
            {"id":"o-1","customer_id":"{{User}}","note":"x"}
            {"id":"o-2","customer_id":"u-2","note":"x"}
            """)
        .With("push.ndjson", $$"""
            {"token":"t-1","device_id":"{{Device}}"}
            {"token":"t-2","device_id":"device-2"}
            """);

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task A_person_erased_by_one_id_is_in_no_file_by_any_of_them()
    {
        await LoadAsync();
        (await RunAsync("build")).ShouldSucceed();
        foreach (var id in Hers) Places(id).ShouldNotBeEmpty(id); // what looks for them finds them

        var plan = (await RunAsync("erase", "--person", $"email={Mail}", "--plan")).ShouldSucceed();
        foreach (var id in (string[])[$"user={User}", $"email={Mail}", $"anonymous={Laptop}", $"anonymous={Phone}", $"device={Device}", $"crm={Contact}"]) plan.Error.ShouldContain($"--id {id}");
        plan.Error.ShouldNotContain("-2");
        foreach (var id in Hers) Places(id).ShouldNotBeEmpty(id);

        (await RunAsync("erase", "--person", $"email={Mail}")).ShouldSucceed();
        foreach (var id in Hers) Places(id).ShouldBeEmpty(id);
        (await QueryAsync("select string_agg(event, ',') from lake.events")).ShouldBe("in");
        (await QueryAsync("select string_agg(who, ',') from visits")).ShouldBe("u-2");
        (await QueryAsync("select string_agg(kind || '=' || id_value, ' ' order by kind) from people")).ShouldStartWith("anonymous=cookie-2 crm=c-2 device=device-2 email=");

        // What comes again does not land: neither by the browsers, nor by the device, nor by the address.
        await LoadAsync();
        foreach (var id in Hers) Places(id).ShouldBeEmpty(id);
        (await RunAsync("account", "--verify")).ShouldSucceed();
    }

    private async Task LoadAsync()
    {
        foreach (var source in (string[])["web", "crm", "shop", "push"])
        {
            // Anew each time: the same file again would receive nothing.
            var file = source == "web" ? "events" : source;
            project.With("in.ndjson", File.ReadAllText(project[$"{file}.ndjson"]) + "\n".PadRight(Directory.GetFiles(project.Folder).Length));
            (await RunAsync("load", project["in.ndjson"], "--source", source)).ShouldSucceed();
            File.Delete(project["in.ndjson"]);
        }
    }

    /// <summary>Where an id stands: in the bytes of a file, or in a row of the lake's files or of the warehouse, whose bytes are compressed. The files that the test wrote aside.</summary>
    private List<string> Places(string id)
    {
        var places = new List<string>();
        using var duck = new DuckDBConnection("Data Source=:memory:");
        duck.Open();
        bool IsIn(string table) => duck.Scalar<long>($"SELECT count(*) FROM {table} AS t WHERE contains(t::VARCHAR, {Sql.Text(id)})") > 0;
        foreach (var file in Directory.EnumerateFiles(project.Folder, "*", SearchOption.AllDirectories).Where(f => Path.GetDirectoryName(f) != project.Folder && Path.GetExtension(f) is not (".sql" or ".yml")))
        {
            if (file.EndsWith(".parquet", StringComparison.Ordinal) && IsIn($"read_parquet({Sql.Text(file)})")) places.Add(file);
            // DuckDB writes over the blocks that held rows only later (the guide says so): of its file the rows count.
            if (!file.EndsWith(".duckdb", StringComparison.Ordinal))
            {
                if (File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(id)) >= 0) places.Add(file);
                continue;
            }
            duck.Execute($"ATTACH {Sql.Text(file)} AS warehouse (READ_ONLY)");
            places.AddRange(duck.Query("SELECT format('warehouse.\"{}\".\"{}\"', schema_name, table_name) FROM duckdb_tables() WHERE database_name = 'warehouse'", r => r.GetString(0)).Where(IsIn));
            duck.Execute("DETACH warehouse");
        }
        return places;
    }

    private Task<WeirProcess.Result> RunAsync(params string[] arguments) => project.RunAsync([.. arguments, "--env", "production"]);

    private async Task<string> QueryAsync(string sql)
    {
        var lines = (await RunAsync("query", sql, "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        return lines[^1].Trim('"');
    }
}
