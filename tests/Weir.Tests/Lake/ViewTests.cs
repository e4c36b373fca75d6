using Weir.DuckDb;
using Weir.Lake;
using Weir.Sources;

namespace Weir.Tests.Lake;

public class ViewTests
{
    internal static TableDefinition Visits(params LakeColumn[] more) =>
        new("visits", [new("id", "VARCHAR"), new("n", "INTEGER"), new("received_at", "TIMESTAMP WITH TIME ZONE", true), new("_stream", "VARCHAR"), new("_position", "BIGINT", true),
            new("source", "VARCHAR"), new("date", "DATE"), .. more], ["date"], ["id"]);

    [Fact]
    public void Lake_that_does_not_exist_shows_empty_typed_views()
    {
        using var lake = new TestLake();
        lake.Count().ShouldBe(0);
        lake.Count("SELECT count(*) FROM lake.quarantine").ShouldBe(0);
        lake.Count("SELECT count(*) FROM lake.ledger").ShouldBe(0);
        Types(lake, "events").ShouldBe(LakeTables.Events.Columns.Select(c => (c.Name, c.SqlType)));
        Directory.GetFileSystemEntries(lake.Folder).ShouldBeEmpty();
    }

    [Fact]
    public void Columns_have_their_declared_names_types_and_order()
    {
        using var lake = new TestLake();
        lake.Land("s1", 0, 3);
        lake.Count().ShouldBe(3);
        Types(lake, "events").ShouldBe(LakeTables.Events.Columns.Select(c => (c.Name, c.SqlType)));
        lake.Db.Scalar<string>("SELECT string_agg(concat_ws(' ', date, hour, source, event_time, revenue), ';' ORDER BY _position) FROM lake.events")
            .ShouldBe("2026-03-01 0 web 2026-03-01 00:30:00.123456+00 0.0000;2026-03-01 0 web 2026-03-01 00:31:00.123456+00 1.2500;2026-03-01 0 web 2026-03-01 00:32:00.123456+00 2.5000");
    }

    [Fact] // L9
    public void Files_from_before_a_column_show_it_as_null()
    {
        using var lake = new TestLake();
        LandVisits(lake, Visits(), 0, "('a', 1, TIMESTAMPTZ '2026-03-01 10:00:00+00', 's', 0, 'x', DATE '2026-03-01')");
        LandVisits(lake, Visits(new LakeColumn("paid", "DECIMAL(18,4)"), new LakeColumn("note", "VARCHAR")), 1, "('b', 2, TIMESTAMPTZ '2026-03-02 10:00:00+00', 's', 1, 'x', DATE '2026-03-02', 2.5, 'new')");
        LandVisits(lake, Visits(), 2, "('c', 3, TIMESTAMPTZ '2026-03-03 10:00:00+00', 's', 2, 'x', DATE '2026-03-03')"); // a writer that does not know the new columns
        lake.Count("SELECT count(*) FROM lake.visits").ShouldBe(3);
        lake.Db.Scalar<string>("SELECT string_agg(concat_ws(' ', id, coalesce(paid::VARCHAR, '-'), coalesce(note, '-'), date), ';' ORDER BY id) FROM lake.visits")
            .ShouldBe("a - - 2026-03-01;b 2.5000 new 2026-03-02;c - - 2026-03-03");
        Types(lake, "visits").Last().ShouldBe(("note", "VARCHAR"));
    }

    [Fact]
    public void Entity_shows_the_latest_version_per_key_and_its_history_all()
    {
        using var lake = new TestLake();
        LandVisits(lake, Visits(), 0, """
            ('a', 1, TIMESTAMPTZ '2026-03-01 10:00:00+00', 's', 0, 'x', DATE '2026-03-01'),
            ('a', 2, TIMESTAMPTZ '2026-03-01 11:00:00+00', 's', 1, 'x', DATE '2026-03-01'),
            ('a', 3, TIMESTAMPTZ '2026-03-01 10:30:00+00', 't', 7, 'x', DATE '2026-03-01'),
            ('b', 4, TIMESTAMPTZ '2026-03-01 10:00:00+00', 's', 2, 'x', DATE '2026-03-01'),
            ('b', 5, TIMESTAMPTZ '2026-03-01 10:00:00+00', 's', 3, 'x', DATE '2026-03-01')
            """);
        lake.Count("SELECT count(*) FROM lake.visits_history").ShouldBe(5);
        lake.Db.Scalar<string>("SELECT string_agg(id || n, ',' ORDER BY id) FROM lake.visits").ShouldBe("a2,b5");
    }

    [Fact]
    public void Entity_without_a_key_shows_every_row()
    {
        using var lake = new TestLake();
        LandVisits(lake, Visits() with { Key = [] }, 0, "('a', 1, TIMESTAMPTZ '2026-03-01 10:00:00+00', 's', 0, 'x', DATE '2026-03-01'), ('a', 1, TIMESTAMPTZ '2026-03-01 10:00:00+00', 's', 1, 'x', DATE '2026-03-01')");
        lake.Count("SELECT count(*) FROM lake.visits").ShouldBe(2);
    }

    [Fact]
    public void Entity_table_has_the_declared_fields_then_where_each_row_came_from()
    {
        var definition = LakeTables.Entity(new SourceDefinition
        {
            Name = "orders", Entity = "order_lines", Key = ["order_id", "line"],
            Fields = [new("order_id", "orderId", new FieldType(FieldKind.Varchar), true), new("unit_price", "p", new FieldType(FieldKind.Decimal, 18, 4)), new("more", "m", new FieldType(FieldKind.Json))],
        });
        definition.Columns.Select(c => $"{c.Name} {c.SqlType}").ShouldBe(
            ["order_id VARCHAR", "unit_price DECIMAL(18,4)", "more VARCHAR", "received_at TIMESTAMP WITH TIME ZONE", "_stream VARCHAR", "_position BIGINT", "source VARCHAR", "date DATE"]);
        definition.Key.ShouldBe(["order_id", "line"]);
    }

    [Theory]
    [InlineData("it's [all] a* 'b'? here")]
    [InlineData("ünïcode date=x %20 ")]
    public void Lake_may_lie_in_a_folder_of_any_name(string name)
    {
        using var root = new TestLake();
        using var lake = new TestLake(Path.Combine(root.Folder, name), checkpointEvery: 2);
        lake.Land("s1", 0, 3);
        lake.Land("s1", 3, 4);
        using var fresh = new TestLake(lake.Folder);
        fresh.Count().ShouldBe(4);
    }

    [Fact]
    public void Filter_names_only_the_files_of_its_hours_and_sources()
    {
        using var lake = new TestLake();
        lake.Land("s1", 0, 200, "web"); // 00:30 to 03:49
        lake.Land("s2", 0, 200, "mobile");
        var snapshot = lake.Store.ReadSnapshot();
        LakeViews.Create(lake.Db, snapshot, new LakeFilter(Utc(1), Utc(2)));
        lake.Db.Scalar<string>("SELECT concat_ws(' ', count(*), min(hour), max(hour)) FROM lake.events").ShouldBe("120 1 1");
        LakeViews.Create(lake.Db, snapshot, new LakeFilter(Utc(3).AddMinutes(-1), null, ["mobile"]));
        lake.Db.Scalar<string>("SELECT concat_ws(' ', count(*), min(hour), max(hour), max(source)) FROM lake.events").ShouldBe("110 2 3 mobile"); // 02:00 to 03:49
        lake.Db.Scalar<long>("SELECT count(*) FROM lake.ledger").ShouldBe(2);
    }

    internal static void LandVisits(TestLake lake, TableDefinition definition, long position, string values, string stream = "v", long? to = null)
    {
        lake.Db.Execute($"DROP TABLE IF EXISTS visits_staging; {definition.CreateStagingSql("visits_staging")}; INSERT INTO visits_staging VALUES {values}");
        var adds = lake.Store.Writer.Write(lake.Db, "visits_staging", definition, "v");
        lake.Store.Commit(new RangeCommit([new StreamRange(stream, position, to ?? position + 1)], [], new Dictionary<string, IReadOnlyList<AddFile>> { [definition.Name] = adds }, lake.Store.ReadSnapshot().LedgerVersion))
            .ShouldBeOfType<CommitOutcome.Committed>();
    }

    private static DateTime Utc(int hour) => new(2026, 3, 1, hour, 0, 0, DateTimeKind.Utc);

    private static IEnumerable<(string, string)> Types(TestLake lake, string view) =>
        lake.Db.Query($"DESCRIBE lake.{view}", r => (r.GetString(0), r.GetString(1)));
}
