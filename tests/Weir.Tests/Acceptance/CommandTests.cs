using System.IO.Compression;
using System.Text;

namespace Weir.Tests.Acceptance;

/// <summary>Every command and exit code, by the program itself.</summary>
public class CommandTests
{
    private const string Yml =
        """
        name: small
        time_zone: Europe/Berlin
        sources:
          web: {time_zone: Europe/Berlin}
          prices:
            entity: prices
            key: [sku]
            format: csv
            fields:
              - {name: sku, type: varchar, required: true}
              - {name: price, type: "decimal(18,4)", required: true}
        """;

    private static TemporaryProject Small() => new TemporaryProject().With("weir.yml", Yml)
        .With("dbt_project.yml", "name: small\nmodel-paths: [models]\n")
        .With("models/prices.sql", "select sku, price from {{ source('lake', 'prices') }}")
        .With("models/schema.yml", "sources:\n  - name: lake\n    schema: lake\n    tables: [{name: prices}]\nmodels:\n  - name: prices\n    columns: [{name: sku, data_tests: [unique]}]\n");

    [Fact]
    public async Task Load_takes_a_content_once_under_whatever_name_and_gzip_counts_as_its_content()
    {
        using var project = Small();
        project.With("a.csv", "sku,price\nA,1.50\nB,2.25\n").With("b.csv", "sku,price\nA,1.50\nB,2.25\n");
        (await project.RunAsync("load", project["a.csv"], "--source", "prices")).ShouldSucceed().Error.ShouldContain("2 landed");
        (await project.RunAsync("load", project["b.csv"], "--source", "prices")).ShouldSucceed().Error.ShouldContain("same as");
        await using (var gzip = new GZipStream(File.Create(project["c.csv.gz"]), CompressionLevel.Fastest)) gzip.Write("sku,price\nA,1.75\nC,oops\nD\n"u8);
        (await project.RunAsync("load", project["c.csv.gz"], "--source", "prices")).ShouldSucceed();
        (await project.RunAsync("account", "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").ShouldEndWith("prices,5,3,0,2,0,0,0\n");
        (await project.QueryAsync("select sku, price from lake.prices order by sku")).ShouldBe("A,1.7500\nB,2.2500");
        (await project.QueryAsync("select count(*) from lake.prices_history")).ShouldBe("3");
        (await project.QueryAsync("select reason, line, file from lake.quarantine order by line")).ShouldBe("wrong_type,3,c.csv.gz\ncolumn_count,4,c.csv.gz");
    }

    [Fact]
    public async Task Build_publishes_what_passes_and_keeps_what_was_with_exit_code_1()
    {
        using var project = Small().With("a.csv", "sku,price\nA,1.50\n");
        await project.RunAsync("load", project["a.csv"], "--source", "prices");
        (await project.RunAsync("build")).ShouldSucceed().Error.ShouldContain("1 model published");
        project.With("models/prices.sql", "select sku, price from {{ source('lake', 'prices') }} union all select sku, price + 1 from {{ source('lake', 'prices') }}");
        var failed = await project.RunAsync("build");
        failed.ExitCode.ShouldBe(1);
        failed.Error.ShouldContain("1 failed");
        (await project.QueryAsync("select sku, price from prices")).ShouldBe("A,1.5000");
    }

    [Fact]
    public async Task Query_writes_tables_json_and_csv_and_refuses_all_but_one_select()
    {
        using var project = Small();
        const string sql = "select 1 as n, 'a,b' as t, null as nothing, [1, 2] as list, {'k': 'v'} as fields";
        (await project.RunAsync("query", sql, "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").ShouldBe("n,t,nothing,list,fields\n1,\"a,b\",,\"[1,2]\",\"{\"\"k\"\":\"\"v\"\"}\"\n");
        (await project.RunAsync("query", sql, "--format", "json")).ShouldSucceed().Output.ReplaceLineEndings("\n").ShouldBe("[\n  {\"n\":1,\"t\":\"a,b\",\"nothing\":null,\"list\":[1,2],\"fields\":{\"k\":\"v\"}}\n]\n");
        (await project.RunAsync("query", "select 1 as n, 'x' as t")).ShouldSucceed().Output.ReplaceLineEndings("\n").ShouldBe("n  t\n─  ─\n1  x\n");
        await Refuses(project, 4, "WEIR8101", "query", "create table t as select 1");
        await Refuses(project, 4, "WEIR8110", "query", "select 1; select 2");
        await Refuses(project, 4, "WEIR8114", "query", "with c as (select * from read_text('weir.yml')) select * from c");
        await Refuses(project, 4, "WEIR8102", "query", "select nothing from nowhere");
    }

    [Fact]
    public async Task A_query_comes_from_a_file_and_ends_at_the_limits_of_weir_yml()
    {
        using var project = Small().With("top.sql", "-- the first two\nselect range as n from range(2)\n");
        (await project.RunAsync("query", "--file", project["top.sql"], "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").ShouldBe("n\n0\n1\n");
        await Refuses(project, 2, "WEIR1006", "query", "--file", project["none.sql"]);
        (await project.RunAsync("query")).ExitCode.ShouldBe(2);
        (await project.RunAsync("query", "select 1", "--file", project["top.sql"])).ExitCode.ShouldBe(2);
        project.With("weir.yml", Yml + "\nquery: {max_rows: 1, timeout: 1s}\n");
        await Refuses(project, 4, "WEIR8119", "query", "--file", project["top.sql"]);
        await Refuses(project, 4, "WEIR8118", "query", "select count(*) from range(10000000000) a, range(10000000000) b where hash(a.range) = hash(b.range)");
        project.With("weir.yml", Yml + "\nquery: {max_rows: many, time: 1s}\n");
        await Refuses(project, 2, "query.max_rows is 'many', but must be a whole number", "query", "select 1");
    }

    [Fact]
    public async Task Mistakes_are_told_with_their_code_and_exit_code_2_and_change_nothing()
    {
        using var empty = new TemporaryProject();
        await Refuses(empty, 2, "WEIR1001", "account");
        using var project = Small();
        await Refuses(project, 2, "WEIR1003", "load", project["weir.yml"], "--source", "wbe");
        await Refuses(project, 2, "WEIR1004", "account", "--env", "staging");
        await Refuses(project, 2, "WEIR1006", "load", project["none.csv"], "--source", "prices");
        await Refuses(project, 2, "WEIR1007", "sync");
        await Refuses(project, 2, "WEIR1007", "sync", "prices");
        (await project.RunAsync("account", "--by", "moon")).ExitCode.ShouldBe(2);
        (await project.RunAsync("dance")).ExitCode.ShouldBe(2);
        project.With("weir.yml", Yml + "\n    files: ${WEIR_TEST_UNSET_FOLDER}/*.csv\n");
        await Refuses(project, 2, "WEIR1008", "sync");
        project.With("weir.yml", Yml + "\n    files: /nonexistent/weir/*.csv\n");
        await Refuses(project, 2, "WEIR1009", "sync");
    }

    [Fact]
    public async Task All_mistakes_of_a_file_come_at_once_with_their_lines()
    {
        using var project = new TemporaryProject().With("weir.yml",
            """
            time_zone: Mars/Olympus
            sources:
              web: {write_key: [a], dedupe: sometimes, rate_limit: fast, origins: [shop.example]}
              orders: {entity: events, fields: [{name: Id, type: text}], key: [id]}
            lake: {commit_bytes: lots}
            collect: {trusted_proxies: [127.0.0.1, proxy.local]}
            """);
        var result = await project.RunAsync("account");
        result.ExitCode.ShouldBe(2);
        foreach (var part in new[] { "WEIR1002", "line 1: time_zone is 'Mars/Olympus'", "line 3: sources.web.write_key is not a setting here; did you mean 'write_keys'?", "line 3: sources.web.dedupe is 'sometimes'", "line 3: sources.web.rate_limit is 'fast', but must be events a second, such as 5000/s", "line 3: sources.web.origins has 'shop.example'", "line 4: sources.orders.entity is 'events'", "fields[0].name is 'Id'", "fields[0].type is 'text'", "line 5: lake.commit_bytes is 'lots'", "line 6: collect.trusted_proxies has 'proxy.local'" })
            result.Error.ShouldContain(part);
    }

    [Fact]
    public async Task A_file_that_changed_is_left_with_exit_code_5()
    {
        using var project = Small();
        project.With("weir.yml", Yml + "\n    files: drop/*.csv\nintake: {still: 0}\n").With("drop/a.csv", "sku,price\nA,1.50\n");
        (await project.RunAsync("sync")).ShouldSucceed();
        project.With("drop/a.csv", "sku,price\nZ,9.99\n");
        var changed = await project.RunAsync("sync");
        (changed.ExitCode, changed.Error.Contains("has changed since", StringComparison.Ordinal)).ShouldBe((5, true), changed.Error);
        (await project.QueryAsync("select sku from lake.prices")).ShouldBe("A");
    }

    [Fact]
    public async Task A_file_that_cannot_be_taken_does_not_hold_up_the_others()
    {
        using var project = Small();
        project.With("weir.yml", Yml + "\n    files: drop/*\nintake: {still: 0}\n").With("drop/b.csv", "sku,price\nB,2.50\n");
        byte[] cut;
        using (var buffer = new MemoryStream())
        {
            using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write("sku,price\nA,1.50\n"u8);
            cut = buffer.ToArray()[..^6];
        }
        File.WriteAllBytes(project["drop/a.csv.gz"], cut);
        var result = await project.RunAsync("sync");
        (result.ExitCode, result.Error.Contains("WEIR4004", StringComparison.Ordinal)).ShouldBe((4, true), result.Error);
        (await project.QueryAsync("select sku from lake.prices")).ShouldBe("B");
    }

    [Fact]
    public async Task What_nobody_foresaw_has_a_code_too()
    {
        using var project = new TemporaryProject().With("data/demo.json", "{ not json");
        var result = await WeirProcess.RunAsync("demo", "--once", "--data", project["data"]);
        (result.ExitCode, result.Error.Contains("WEIR1015", StringComparison.Ordinal)).ShouldBe((4, true), result.Error);
    }

    [Fact]
    public void Waiting_for_a_lander_that_makes_no_headway_ends()
    {
        var wait = new Weir.Roles.Landing.Waiting();
        var start = new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);
        wait.Check(5, start);
        wait.Check(4, start.AddMinutes(3));
        wait.Check(4, start.AddMinutes(4.9));
        Should.Throw<WeirException>(() => wait.Check(4, start.AddMinutes(5.1))).Code.ShouldBe("WEIR1016");
    }

    [Fact]
    public async Task An_account_that_is_off_ends_with_exit_code_3()
    {
        using var project = Small().With("a.csv", "sku,price\nA,1.50\nB,2.50\n");
        await project.RunAsync("load", project["a.csv"], "--source", "prices");
        // The copy in raw says that two records were received; the ledger is taken away.
        Directory.Delete(project[".weir/local/lake"], recursive: true);
        (await project.RunAsync("account")).ShouldSucceed().Error.ShouldContain("2");
        var manifest = Directory.GetFiles(project[".weir/local/raw"], "*.json", SearchOption.AllDirectories).Single();
        (await project.RunAsync("land")).ShouldSucceed();
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"records\":2", "\"records\":1", StringComparison.Ordinal).Replace("\"records\": 2", "\"records\": 1", StringComparison.Ordinal));
        var off = await project.RunAsync("account");
        off.ExitCode.ShouldBe(3, off.Error);
    }

    [Fact]
    public async Task Selectors_that_name_nothing_sensible_are_refused()
    {
        using var project = Small();
        await Refuses(project, 2, "WEIR7017", "build", "--select", "moon:orders");
    }

    [Fact]
    public async Task A_disk_or_an_engine_that_refuses_is_a_sentence_with_a_code()
    {
        using var project = Small();
        project.With("blocked", "a file where the data folder should be");
        await Refuses(project, 4, "WEIR1005", "land", "--data", project["blocked"]);
        project.With("data/warehouse.duckdb", "not a database");
        await Refuses(project, 4, "WEIR8103", "build", "--data", project["data"]);
    }

    [Fact]
    public async Task A_damaged_manifest_is_a_problem_of_the_account_and_hides_no_other_file()
    {
        using var project = Small().With("a.csv", "sku,price\nA,1.50\n").With("b.csv", "sku,price\nB,2.50\nC,3.50\n");
        await project.RunAsync("load", project["a.csv"], project["b.csv"], "--source", "prices");
        var manifest = Directory.GetFiles(project[".weir/local/raw"], "*.json", SearchOption.AllDirectories).OrderBy(f => File.ReadAllText(f).Contains("a.csv", StringComparison.Ordinal) ? 0 : 1).First();
        File.WriteAllText(manifest, "{ torn");
        var account = await project.RunAsync("account", "--format", "csv");
        account.ExitCode.ShouldBe(3);
        account.Error.ShouldContain("WEIR4011");
        account.Output.ShouldContain("prices,");
        (await project.RunAsync("build")).ShouldSucceed();
        (await project.QueryAsync("select count(*) from prices")).ShouldBe("3");
    }

    [Fact]
    public async Task Doctor_says_line_by_line_what_is_well_and_what_is_not()
    {
        using var project = Small();
        (await project.RunAsync("doctor")).ShouldSucceed().Error.ShouldContain("All is well");
        project.With("models/prices.sql", "select * from {{ ref('nothing') }}");
        var sick = await project.RunAsync("doctor");
        sick.ExitCode.ShouldBe(4);
        sick.Error.ShouldContain("✗ Models: WEIR7");
    }

    [Fact]
    public async Task Environments_have_their_own_settings_and_data()
    {
        using var project = new TemporaryProject().With("weir.yml", Yml + "\nenvironments:\n  production:\n    retention: {raw: 7d}\n").With("a.csv", "sku,price\nA,1\n");
        (await project.RunAsync("load", project["a.csv"], "--source", "prices", "--env", "production")).ShouldSucceed();
        Directory.Exists(project[".weir/production/lake/prices"]).ShouldBeTrue();
        Directory.Exists(project[".weir/local"]).ShouldBeFalse();
        Encoding.UTF8.GetString(File.ReadAllBytes(Directory.GetFiles(project[".weir/production/raw"], "*", SearchOption.AllDirectories)[0])).ShouldNotContain("sku,price");
    }

    [Fact]
    public async Task Views_of_the_lake_go_into_no_file_that_is_named_as_a_schema()
    {
        using var project = Small();
        await Refuses(project, 2, "WEIR1024", "lake", "views", "--into", project["Lake.duckdb"]);
        await Refuses(project, 2, "WEIR1024", "lake", "views", "--into", project["identity.db"]);
        Directory.GetFiles(project.Folder, "*.d*b*").ShouldBeEmpty();
        (await project.RunAsync("lake", "views", "--into", project["lakes.duckdb"])).ShouldSucceed();
    }

    private static async Task Refuses(TemporaryProject project, int exitCode, string code, params string[] arguments)
    {
        var result = await project.RunAsync(arguments);
        (result.ExitCode, result.Error.Contains(code, StringComparison.Ordinal)).ShouldBe((exitCode, true), $"{string.Join(' ', arguments)}: {result.Error}");
    }
}
