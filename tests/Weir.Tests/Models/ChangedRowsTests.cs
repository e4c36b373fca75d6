using Weir.DuckDb;
using Weir.Models;

namespace Weir.Tests.Models;

/// <summary><c>weir_changed</c> and <c>weir_touched</c>: what an incremental run publishes is what a full refresh would.</summary>
public class ChangedRowsTests
{
    private const string Macros = "{% macro weir_changed(relation) %}{{ relation }}{% endmacro %}{% macro weir_touched(relation, keys) %}{{ relation }}{% endmacro %}";

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 100_000)]
    [InlineData(4, 100_000)]
    public async Task Random_input_gives_the_rows_of_a_full_refresh(int seed, long copyBelow)
    {
        using var project = Visits();
        var random = new Random(seed);
        var lake = new Versions(project.Connection);
        var incremental = 0;
        for (var round = 0; round < 15; round++)
        {
            Disturb(project, random, lake);
            var select = random.Next(5) == 0 ? new[] { "events" } : [];
            var result = await project.Build(new BuildRequest(select) { CopyBelow = copyBelow, LakeVersion = lake.Version, SourceChanges = lake });
            incremental += lake.Asked;
            lake.Asked = 0;
            if (result.ExitCode != 0 || select.Length > 0)
                continue; // yesterday's tables stay; the next build has more to catch up with

            // The expectation is computed from the source itself, by other SQL.
            project.Rows("from events").ShouldBe(project.Rows("select id, visitor, hour, v from lake.raw"), $"round {round}");
            project.Rows("from log").ShouldBe(project.Rows("select id, v from lake.raw"), $"round {round}");
            project.Rows("from visits").ShouldBe(project.Rows("select visitor, count(*), sum(v)::bigint from lake.raw group by visitor"), $"round {round}");
            project.Rows("from hours").ShouldBe(project.Rows("select hour, sum(v)::bigint from lake.raw group by hour"), $"round {round}");
            project.Rows("from named").ShouldBe(project.Rows("select r.visitor, n.name, count(*) from lake.raw r join lake.names n on n.visitor = r.visitor group by all"), $"round {round}");
        }

        incremental.ShouldBeGreaterThan(15);
        project.Rows("select count(*) from weir.reads where reader = 'model.shop.named'").ShouldBe(["2"]);
    }

    [Fact]
    public async Task Only_rows_that_came_since_the_last_publication_are_read()
    {
        using var project = new SmallProject().Write("macros/weir.sql", Macros).Seed("raw", "id\n1\n2\n")
            .Model("log", "{{ config(materialized='incremental') }}select id, {{ is_incremental() }} as later from {{ weir_changed(ref('raw')) }} as raw");
        await project.Build();
        project.Seed("raw", "id\n1\n2\n3\n");

        await project.Build();
        await project.Build();

        project.Rows("from log").ShouldBe(["1,false", "2,false", "3,true"]);
    }

    [Fact]
    public async Task Rows_that_went_build_a_model_of_changed_rows_whole()
    {
        using var project = new SmallProject().Write("macros/weir.sql", Macros).Seed("raw", "id\n1\n2\n")
            .Model("log", "{{ config(materialized='incremental') }}select id, {{ is_incremental() }} as later from {{ weir_changed(ref('raw')) }} as raw");
        await project.Build();
        project.Seed("raw", "id\n2\n3\n");

        await project.Build();

        project.Rows("from log").ShouldBe(["2,false", "3,false"]);
    }

    [Fact]
    public async Task A_model_that_was_kept_back_catches_up_with_every_change_it_missed()
    {
        using var project = new SmallProject().Write("macros/weir.sql", Macros).Seed("raw", "id\n1\n")
            .Model("log", "{{ config(materialized='incremental') }}select id from {{ weir_changed(ref('raw')) }} as raw")
            .Write("tests/none.sql", "select * from {{ ref('log') }} where id = 3");
        await project.Build();
        await Build("id\n1\n2\n", select: "raw");
        await Build("id\n1\n2\n3\n");
        project.Rows("from log").ShouldBe(["1"]);
        project.Write("tests/none.sql", "select * from {{ ref('log') }} where id = 5");

        await Build("id\n1\n2\n3\n4\n");

        project.Rows("from log").ShouldBe(["1", "2", "3", "4"]);
        project.Rows("select count(*) from weir.\"changes of main.raw\"").ShouldBe(["0"]);

        async Task Build(string csv, string? select = null)
        {
            project.Seed("raw", csv);
            await project.Build(new BuildRequest(select is null ? [] : [select]));
        }
    }

    [Fact]
    public async Task A_model_whose_publication_was_refused_reads_the_same_changes_again()
    {
        using var project = new SmallProject().Write("macros/weir.sql", Macros).Seed("raw", "id\n1\n")
            .Model("log", "{{ config(materialized='incremental', post_hook='select count(*) from guard') }}select id, {{ is_incremental() }} as later from {{ weir_changed(ref('raw')) }} as raw");
        project.Connection.Execute("create table guard (i int)");
        await project.Build();
        project.Connection.Execute("drop table guard");
        project.Seed("raw", "id\n1\n2\n");
        (await project.Build()).ExitCode.ShouldBe(1);
        project.Rows("from log").ShouldBe(["1,false"]);
        project.Connection.Execute("create table guard (i int)");

        await project.Build();

        project.Rows("from log").ShouldBe(["1,false", "2,true"]);
    }

    [Fact]
    public async Task A_view_whose_text_changed_is_read_whole()
    {
        using var project = new SmallProject().Write("macros/weir.sql", Macros).Seed("raw", "id\n1\n")
            .Model("staged", "{{ config(materialized='view') }}select id * 10 as id from {{ ref('raw') }}")
            .Model("log", "{{ config(materialized='incremental') }}select id from {{ weir_changed(ref('staged')) }} as staged");
        await project.Build();
        project.Model("staged", "{{ config(materialized='view') }}select id * 100 as id from {{ ref('raw') }}");

        await project.Build();

        project.Rows("from log").ShouldBe(["100"]);
    }

    [Fact]
    public async Task Where_the_lake_cannot_tell_what_changed_the_model_is_built_whole()
    {
        using var project = Visits();
        project.Connection.Execute("insert into lake.raw values (1, 'v1', 1, 10), (2, 'v2', 1, 20); insert into lake.names values ('v1', 'a'), ('v2', 'b')");
        var lake = new Forgetful();
        await project.Build(new BuildRequest([]) { LakeVersion = 1, SourceChanges = lake });
        project.Connection.Execute("delete from lake.raw where id = 1; insert into lake.raw values (3, 'v2', 2, 5)"); // as after an erasure

        await project.Build(new BuildRequest([]) { LakeVersion = 2, SourceChanges = lake });

        lake.Asked.ShouldBeGreaterThan(0);
        project.Rows("from events").ShouldBe(["2,v2,1,20", "3,v2,2,5"]);
        project.Rows("from log").ShouldBe(["2,20", "3,5"]);
        project.Rows("from visits").ShouldBe(["v2,2,25"]);
        project.Rows("from named").ShouldBe(["v2,b,2"]);
    }

    [Theory]
    [InlineData("select count(*) as id from {{ ref('raw') }}")]
    [InlineData("select distinct id from {{ ref('raw') }}")]
    [InlineData("select row_number() over () as id from {{ ref('raw') }}")]
    [InlineData("select id from {{ ref('raw') }} where id = (select max(id) from {{ ref('raw') }})")]
    [InlineData("select a.id from {{ ref('raw') }} as a, {{ ref('raw') }} as b")]
    public async Task A_view_that_looks_at_more_than_one_row_is_refused(string view)
    {
        using var project = new SmallProject().Write("macros/weir.sql", Macros).Seed("raw", "id\n1\n").Model("staged", "{{ config(materialized='view') }}" + view)
            .Model("log", "{{ config(materialized='incremental') }}\nselect id\nfrom {{ weir_changed(ref('staged')) }} as staged");

        SmallProject.MessageOf(await project.Build(), "log").ShouldContain("WEIR7090 weir_changed and weir_touched see through a view only if");
    }

    [Fact]
    public async Task Keys_that_do_not_fit_the_unit_of_restatement_are_refused_with_their_line()
    {
        using var project = new SmallProject().Write("macros/weir.sql", Macros).Seed("raw", "id,v\n1,2\n")
            .Model("t", "{{ config(materialized='incremental', unique_key='id') }}\nselect id\nfrom {{ weir_touched(ref('raw'), ['id', 'v']) }} as raw");

        SmallProject.MessageOf(await project.Build(), "t").ShouldStartWith("models/t.sql:3: WEIR7091 weir_touched gives the rows of touched units by id, v, and t restates units by id.");
    }

    private static SmallProject Visits()
    {
        var project = new SmallProject().Write("macros/weir.sql", Macros)
            .Write("models/s.yml", "sources: [{name: lake, tables: [{name: raw}, {name: names}]}]\nmodels: [{name: visits, columns: [{name: total, data_tests: [not_null]}]}]")
            .Model("staged", "{{ config(materialized='view') }}select r.id, r.visitor, hour, v from {{ source('lake', 'raw') }} as r where r.id > 0")
            .Model("events", "{{ config(materialized='incremental', unique_key='id') }}select * from {{ weir_touched(ref('staged'), 'id') }} as s")
            .Model("log", "{{ config(materialized='incremental') }}select id, v from {{ weir_changed(ref('events')) }} as e")
            .Model("visits", "{{ config(materialized='incremental', unique_key='visitor') }}select visitor, count(*) as n, sum(v)::bigint as total from {{ weir_touched(ref('events'), 'visitor') }} as e group by visitor")
            .Model("hours", "{{ config(materialized='incremental', unique_key=['h']) }}select hour as h, sum(v)::bigint as total from {{ weir_touched(ref('events'), ['hour']) }} as e group by hour")
            .Model("named", "{{ config(materialized='incremental', unique_key='visitor') }}select e.visitor, n.name, e.n from {{ weir_touched(ref('visits'), 'visitor') }} as e join {{ weir_touched(source('lake', 'names'), 'visitor') }} as n on n.visitor = e.visitor");
        project.Connection.Execute("create schema lake; create table lake.raw (id int, visitor varchar, hour int, v int); create table lake.names (visitor varchar, name varchar)");
        return project;
    }

    /// <summary>Rows that are new, late, corrected, gone; now and then one that fails a test and is corrected later.</summary>
    private static void Disturb(SmallProject project, Random random, Versions lake)
    {
        lake.Next();
        for (var i = random.Next(4); i >= 0; i--)
        {
            var visitor = random.Next(8) is var who && who == 0 ? "null" : $"'v{who}'";
            project.Connection.Execute(random.Next(7) switch
            {
                0 => $"update lake.raw set v = {random.Next(100)} where id % 5 = {random.Next(5)}",
                1 => $"update lake.raw set visitor = {visitor} where id = (select max(id) from lake.raw)",
                2 => $"delete from lake.raw where id % 7 = {random.Next(7)}",
                3 => $"delete from lake.names where visitor = {visitor}; insert into lake.names values ({visitor}, 'name {random.Next(3)}')",
                4 => $"insert into lake.raw select coalesce(max(id), 0) + 1, {visitor}, {random.Next(3)}, {(random.Next(3) == 0 ? "null" : "1")} from lake.raw",
                _ => $"insert into lake.raw select coalesce((select max(id) from lake.raw), 0) + 1 + range, {visitor}, {random.Next(20)}, {random.Next(100)} from range({random.Next(1, 5)})",
            });
        }
    }

    /// <summary>A source that never knows what changed.</summary>
    private sealed class Forgetful : ISourceChanges
    {
        private int mark;

        public int Asked { get; private set; }

        public string Mark => $"mark {mark++}";

        public SourceChange? Since(string schema, string table, string mark)
        {
            Asked++;
            return null;
        }
    }

    /// <summary>A source that remembers each of its versions as a table.</summary>
    private sealed class Versions(DuckDBConnection connection) : ISourceChanges
    {
        public int Version { get; private set; }

        public int Asked { get; set; }

        public void Next()
        {
            Version++;
            foreach (var table in new[] { "raw", "names" })
                connection.Execute($"create table lake.{table}_v{Version - 1} as from lake.{table}");
        }

        public string Mark => $"version {Version}";

        public SourceChange? Since(string schema, string table, string mark)
        {
            Asked++;
            var version = int.Parse(mark["version ".Length..]);
            return version == Version
                ? new SourceChange($"select * from lake.{table} where false", $"select * from lake.{table} where false")
                : new SourceChange($"(from lake.{table}) except all (from lake.{table}_v{version})", $"(from lake.{table}_v{version}) except all (from lake.{table})");
        }
    }
}
