using System.Text;
using Weir.DuckDb;
using Weir.Events;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Landing;

/// <summary>What lands is what DuckDB itself makes of the same lines: <c>read_json</c>, then the first of each id in its client hour.</summary>
public sealed class DuckDbAgreesTests : IDisposable
{
    private static readonly string[] Names = ["page", "order"];
    private static readonly string[] Zones = ["Z", "+02:00", "-05:30", "+00:00"];
    private readonly LandFixture land = new();

    public void Dispose() => land.Dispose();

    [Fact] // D1
    public async Task The_landed_rows_the_duplicates_and_the_reused_ids_are_those_that_SQL_finds()
    {
        var random = new Random(20260302);
        var lines = Enumerable.Range(0, 6000).Select(n => Line(random, n)).ToList();
        var stream = new MemoryEventStream("aaaa", "web");
        foreach (var frame in lines.Chunk(250)) stream.Append(At("2026-03-01T20:00:00"), frame);
        var file = Path.Combine(land.Data, "lines.ndjson");
        File.WriteAllLines(file, lines);
        land.Configure = o => o with { RoundBytes = 600_000 };
        await land.LandAsync(stream);

        var (differences, counts) = land.Read(c =>
        {
            c.Execute($$"""
                CREATE TABLE sent AS SELECT *, timestamp::TIMESTAMPTZ AS client_time, properties.n AS position
                FROM read_json('{{file}}', format = 'newline_delimited', columns = {event_id: 'VARCHAR', event: 'VARCHAR', timestamp: 'VARCHAR', anonymous_id: 'VARCHAR', page: 'STRUCT(url VARCHAR)', price: 'DECIMAL(18,4)', quantity: 'INTEGER', coupon: 'VARCHAR', properties: 'STRUCT(n BIGINT)'});
                CREATE TABLE landed AS SELECT DISTINCT ON (event_id, date_trunc('hour', client_time)) * FROM sent ORDER BY position;
                CREATE TABLE others AS SELECT s.position, (s.event = l.event AND s.client_time IS NOT DISTINCT FROM l.client_time) AS is_copy
                FROM sent s JOIN landed l ON s.event_id = l.event_id AND date_trunc('hour', s.client_time) IS NOT DISTINCT FROM date_trunc('hour', l.client_time) AND s.position <> l.position;
                CREATE TABLE runs AS SELECT string_split(unnest(string_split(string_agg(duplicate_runs, ','), ',')), '-') AS r FROM lake.ledger WHERE duplicate_runs <> '';
                """);
            const string Expected = "SELECT position, event_id, event, client_time, coalesce(client_time, TIMESTAMPTZ '2026-03-01 20:00:00Z'), anonymous_id, page.url, price, quantity, coupon FROM landed";
            const string Actual = "SELECT _position, event_id, event, client_time, event_time, anonymous_id, page_url, price, quantity, coupon FROM lake.events";
            string[] compared =
            [
                Expected, Actual,
                "SELECT position FROM others WHERE is_copy", "SELECT unnest(range(r[1]::BIGINT, r[-1]::BIGINT + 1)) FROM runs",
                "SELECT position FROM others WHERE NOT is_copy", "SELECT _position FROM lake.quarantine WHERE reason = 'reused_id'",
            ];
            return (
                string.Join(' ', compared.Chunk(2).Select(p => c.Scalar<long>($"SELECT count(*) FROM (({p[0]}) EXCEPT ALL ({p[1]}) UNION ALL (({p[1]}) EXCEPT ALL ({p[0]})))"))),
                c.Query("SELECT (SELECT count(*) FROM landed), (SELECT count(*) FROM others WHERE is_copy), (SELECT count(*) FROM others WHERE NOT is_copy), (SELECT count(*) FROM sent WHERE timestamp IS NULL)", r => (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3))).Single());
        });
        differences.ShouldBe("0 0 0");
        counts.ShouldSatisfyAllConditions(c => c.Item1.ShouldBeGreaterThan(2000), c => c.Item2.ShouldBeGreaterThan(200), c => c.Item3.ShouldBeGreaterThan(200), c => c.Item4.ShouldBeGreaterThan(200));
        land.Count("SELECT count(*) FROM lake.quarantine WHERE reason <> 'reused_id'").ShouldBe(0);
    }

    /// <summary>Ids come again within the hour with the same stamp or another; copies differ in what else they hold.</summary>
    private static string Line(Random random, int n)
    {
        var id = random.Next(1200);
        var text = new StringBuilder().Append($$"""{"event_id":"{{Id(id)}}","event":"{{Names[random.Next(8) == 0 ? 1 : 0]}}","anonymous_id":"a{{random.Next(50)}}" """);
        var time = new DateTime(2026, 3, 1, 10 + random.Next(3), id % 60, random.Next(10) == 0 ? 30 : 0);
        if (random.Next(8) > 0) text.Append($$""","timestamp":"{{time:yyyy-MM-ddTHH:mm:ss}}{{Zones[id % Zones.Length]}}" """);
        if (random.Next(2) == 0) text.Append($$""","page":{"url":"https://shop.example/{{random.Next(100)}}"}""");
        if (random.Next(2) == 0) text.Append($$""","price":{{random.Next(10_000) / 100m}},"quantity":{{random.Next(9)}}""");
        if (random.Next(9) == 0) text.Append(""","coupon":"\"ü\\" """);
        return text.Append($$$""","properties":{"n":{{{n}}}}}""").ToString();
    }
}
