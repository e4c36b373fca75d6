using System.Text;
using Weir.DuckDb;
using Weir.Events;
using Weir.Land;
using Weir.Land.Privacy;
using Weir.Tests.Land.Fast.Fuzz;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Landing;

/// <summary>With and without the fast path the same lake comes of the same input.</summary>
public class FastPathTests
{
    private const string Received = "2024-06-15T12:00:00";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Switched_off_it_gives_the_same_lake_the_same_quarantine_and_the_same_ledger(bool keepsAll)
    {
        using var contracts = RuleEvents.AddTo(FuzzContracts.Make());
        using var secret = new LandFixture(); // one secret, so that hashes can be compared
        var rules = EventRules.None with { Contracts = contracts.Load(), Personal = new PersonalData(PersonalData.Usual(isProduction: keepsAll), secret.Keys) };
        var streams = FuzzContracts.Sources.Select((s, i) => Stream($"{i}{i}{i}{i}", s.Name, new Random(20260301 + i))).ToArray();
        var lakes = new List<string>();
        foreach (var isFast in new[] { true, false })
        {
            using var land = new LandFixture { Configure = o => o with { FastPath = isFast, Rules = rules, RoundBytes = 400_000 } };
            land.Sources.Clear();
            land.Sources.AddRange(FuzzContracts.Sources);
            var result = await land.LandAsync(streams);
            result.ShouldSatisfyAllConditions(r => r.Landed.ShouldBeGreaterThan(500), r => r.Duplicate.ShouldBeGreaterThan(100), r => r.Quarantined.ShouldBeGreaterThan(500), r => r.Commits.ShouldBeGreaterThan(1));
            lakes.Add(land.Read(Everything));
        }
        lakes[0].ShouldBe(lakes[1]);
    }

    [Fact]
    public async Task A_partition_larger_than_a_threads_share_is_cut_and_each_file_says_what_it_holds()
    {
        const int Count = 10_001;
        var stream = new MemoryEventStream("aaaa", "web");
        foreach (var ids in Enumerable.Range(0, Count).Chunk(1000)) stream.Append(At("2026-03-01T10:00:00"), ids.Select(i => Of(i, $"2026-03-01T09:{i % 60:00}:00", $"name {i % 7}")));
        using var land = new LandFixture { Configure = o => o with { Threads = 2 } };
        (await land.LandAsync(stream)).Landed.ShouldBe(Count);
        land.Count("SELECT count(DISTINCT _position) FROM lake.events WHERE event = 'name ' || (_position % 7)").ShouldBe(Count);
        using var lake = land.OpenLake();
        var files = lake.ReadSnapshot()["events"].Files.Values.Select(f => System.Text.Json.JsonDocument.Parse(f.Stats!).RootElement).OrderBy(s => s.GetProperty("minValues").GetProperty("_position").GetInt64()).ToList();
        files.Select(f => (f.GetProperty("numRecords").GetInt64(), f.GetProperty("minValues").GetProperty("_position").GetInt64(), f.GetProperty("maxValues").GetProperty("_position").GetInt64(), f.GetProperty("maxValues").GetProperty("event").GetString(), f.GetProperty("nullCount").GetProperty("revenue").GetInt64()))
            .ShouldBe([(5000L, 0L, 4999L, "name 6", 5000L), (5001L, 5000L, 10_000L, "name 6", 5001L)]);
    }

    /// <summary>Lines of all kinds, many of them twice, and some of a dialect that has no fast path.</summary>
    private static MemoryEventStream Stream(string id, string source, Random random)
    {
        var stream = new MemoryEventStream(id, source);
        var (lines, ruled) = (new EventLines(random), new RuleEvents(random));
        var sent = new List<(string Dialect, byte[] Bytes)>();
        for (var frame = 0; frame < 60; frame++)
        {
            var dialect = frame % 10 == 9 ? Dialects.PostHog : frame % 2 == 0 ? Dialects.Weir : Dialects.Segment;
            var events = new List<ReadOnlyMemory<byte>>();
            while (events.Count < 40)
            {
                var line = sent.Count > 50 && random.Next(4) == 0 ? sent[random.Next(sent.Count)] : random.Next(3) == 0 ? ruled.Next() : lines.Next();
                if (dialect != Dialects.PostHog && line.Dialect != dialect) continue;
                sent.Add(line);
                events.Add(line.Bytes);
            }
            stream.Append(At(Received), frame % 7 == 0 ? """{"sentAt":"2024-06-15T11:59:30Z","ip":"203.0.113.7"}""" : "{}", dialect, events);
        }
        return stream;
    }

    private static string Everything(DuckDBConnection lake)
    {
        var text = new StringBuilder();
        foreach (var table in new[] { "SELECT * FROM lake.events ORDER BY _stream, _position", "SELECT * EXCLUDE (sealed) FROM lake.quarantine ORDER BY _stream, _position", "SELECT * EXCLUDE (committed_at) FROM lake.ledger ORDER BY stream, from_position, hour" })
        {
            using var reader = lake.Query(table);
            while (reader.Read())
                text.AppendJoin('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "-" : $"{reader.GetValue(i)}")).Append('\n');
        }
        return text.ToString();
    }
}
