using Weir.DuckDb;
using Weir.Lake;

namespace Weir.Tests.Lake;

/// <summary>The lake is open: a reader that is not ours finds the same rows as DuckDB finds in the bare files, without our views.</summary>
public class IndependentReaderTests
{
    [Fact] // L1, L2, L3
    public void Chdb_reads_the_same_events_as_duckdb_reads_from_the_files()
    {
        using var lake = Filled(checkpointEvery: 100);
        AssertEventsAgree(lake, 460);
    }

    [Fact] // L7
    public void Chdb_reads_the_same_when_only_checkpoints_are_left()
    {
        using var lake = Filled(checkpointEvery: 4);
        LogTests.RemoveCommitsUpTo(lake, 4, "events", "ledger");
        AssertEventsAgree(lake, 460);
        Chdb.Select(Path.Combine(lake.Folder, "ledger"), "select count() as n, sum(landed) as landed, max(to_position) as top from {table}").ShouldBe(["""{"n":"4","landed":"460","top":"200"}"""]);
    }

    [Theory] // L1, L2, L3, L7
    [InlineData(false)]
    [InlineData(true)]
    public async Task Spark_reads_what_chdb_reads_also_when_only_checkpoints_are_left(bool onlyCheckpoints)
    {
        var spark = await Spark.GetAsync();
        using var lake = Filled(checkpointEvery: 4);
        if (onlyCheckpoints) LogTests.RemoveCommitsUpTo(lake, 3, "events", "ledger"); // the newest, which the checkpoint has as well, stays: cleaning leaves it, and Spark wants it
        var events = Path.Combine(lake.Folder, "events");
        var theirs = await spark.SelectAsync(events, """
            select source, date, hour, count(*), count(distinct event_id), sum(_position), cast(sum(revenue) * 100 as bigint), unix_micros(min(event_time)), unix_micros(max(event_time)),
                   sum(cast(conv(substr(md5(concat_ws('|', event_id, event, _stream, _position)), 1, 8), 16, 10) as bigint)) from {table} group by source, date, hour
            """);
        var chdb = Chdb.Select(events, """
            select source, toString(date) as day, hour, count() as n, uniqExact(event_id) as ids, sum(_position) as positions, toInt64(sum(revenue) * 100) as cents,
                   min(toUnixTimestamp64Micro(event_time)) as first, max(toUnixTimestamp64Micro(event_time)) as last,
                   sum(reinterpretAsUInt32(reverse(substring(MD5(concat(event_id, '|', event, '|', _stream, '|', toString(_position))), 1, 4)))) as checksum from {table} group by source, date, hour
            """);
        theirs.Order().ShouldBe(chdb.Select(r => string.Join(',', System.Text.Json.Nodes.JsonNode.Parse(r)!.AsObject().Select(m => m.Value!.ToString()))).Order());
        theirs.Length.ShouldBe(7);
        theirs.Sum(r => long.Parse(r.Split(',')[3])).ShouldBe(460);
        (await spark.SelectAsync(Path.Combine(lake.Folder, "ledger"), "select count(*), sum(landed), max(to_position) from {table}")).ShouldBe(["4,460,200"]);
    }

    [Fact] // L9
    public void Chdb_reads_every_column_type_and_files_from_before_a_column()
    {
        using var lake = new TestLake();
        LakeColumn[] first =
        [
            new("id", "VARCHAR"), new("n", "INTEGER", true), new("big", "BIGINT"), new("x", "DOUBLE"), new("paid", "DECIMAL(18,4)", true), new("wide", "DECIMAL(38,2)"),
            new("ok", "BOOLEAN"), new("day", "DATE", true), new("at", "TIMESTAMP WITH TIME ZONE", true), new("raw", "BLOB"), new("date", "DATE"), new("source", "VARCHAR"),
        ];
        var visits = new TableDefinition("visits", first, ["date", "source"]);
        ViewTests.LandVisits(lake, visits, 0, "('ä\"'';', -7, 9007199254740993, 0.1, 12345678901234.5678, -1.25, true, DATE '2026-02-28', TIMESTAMPTZ '2026-03-01 10:00:00.000001+00', 'a\\x00\\xFF'::BLOB, DATE '2026-03-01', 'a b/ü=%')");
        ViewTests.LandVisits(lake, visits with { Columns = [.. first, new LakeColumn("note", "VARCHAR")] }, 1, "(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, DATE '2026-03-02', 's', 'new')");

        Chdb.Select(Path.Combine(lake.Folder, "visits"), "select id, n, big, x, toString(paid) as paid, toString(wide) as wide, ok, day, toString(at) as at, hex(raw) as raw, date, source, note from {table}").Order().ShouldBe(
        [
            """{"id":"ä\"';","n":-7,"big":"9007199254740993","x":0.1,"paid":"12345678901234.5678","wide":"-1.25","ok":true,"day":"2026-02-28","at":"2026-03-01 10:00:00.000001","raw":"6100FF","date":"2026-03-01","source":"a b/ü=%","note":null}""",
            """{"id":null,"n":null,"big":null,"x":null,"paid":null,"wide":null,"ok":null,"day":null,"at":null,"raw":null,"date":"2026-03-02","source":"s","note":"new"}""",
        ]);
        lake.Count("SELECT count(*) FROM lake.visits WHERE source = 'a b/ü=%' AND date = DATE '2026-03-01'").ShouldBe(1);
    }

    private static TestLake Filled(int checkpointEvery)
    {
        var lake = new TestLake(checkpointEvery: checkpointEvery);
        lake.Land("s1", 0, 150, "web");
        lake.Land("s2", 0, 110, "mobile-app");
        lake.Land("s1", 150, 200, "web");
        lake.Land("s3", 0, 150, "web");
        return lake;
    }

    private static void AssertEventsAgree(TestLake lake, long count)
    {
        var theirs = Chdb.Select(Path.Combine(lake.Folder, "events"), """
            select source, toString(date) as day, toString(hour) as hour, toString(count()) as n, toString(uniqExact(event_id)) as ids, toString(sum(_position)) as positions,
                   toString(sum(revenue) * 100) as cents, toString(min(toUnixTimestamp64Micro(event_time))) as first, toString(max(toUnixTimestamp64Micro(event_time))) as last
            from {table} group by source, date, hour
            """);
        var files = Path.Combine(lake.Folder, "events", "date=*", "**", "*.parquet");
        var ours = lake.Db.Query($"""
            SELECT json_object('source', source, 'day', date::VARCHAR, 'hour', hour::VARCHAR, 'n', count(*)::VARCHAR, 'ids', count(DISTINCT event_id)::VARCHAR, 'positions', sum(_position)::VARCHAR,
                   'cents', (sum(revenue) * 100)::BIGINT::VARCHAR, 'first', epoch_us(min(event_time))::VARCHAR, 'last', epoch_us(max(event_time))::VARCHAR)
            FROM read_parquet('{files}', hive_partitioning = true) GROUP BY source, date, hour
            """, r => r.GetString(0));
        theirs.Order().ShouldBe(ours.Order());
        theirs.Length.ShouldBe(7); // web 00:30 to 03:49, mobile-app to 02:19
        theirs.Sum(r => long.Parse(System.Text.Json.Nodes.JsonNode.Parse(r)!["n"]!.GetValue<string>())).ShouldBe(count);
    }
}
