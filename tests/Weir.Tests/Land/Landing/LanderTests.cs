using Weir.DuckDb;
using Weir.Events;
using Weir.Lake;
using Weir.Land;
using Weir.Land.Evaluate;
using Weir.Land.Rounds;
using Weir.Sources;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Landing;

public sealed class LanderTests : IDisposable
{
    private readonly LandFixture land = new();

    public void Dispose() => land.Dispose();

    [Fact]
    public async Task A_damaged_stream_lands_up_to_the_damage_and_waits_while_the_others_go_on()
    {
        var a = new MemoryEventStream("aaaa", "web").Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00")).Append(At("2026-03-01T10:00:00"), Of(2, "2026-03-01T09:00:00"));
        var b = new MemoryEventStream("bbbb", "web").Append(At("2026-03-01T10:00:00"), Of(3, "2026-03-01T09:00:00"));
        a.CorruptAt = 1;
        var result = await land.LandAsync(a, b);
        result.Landed.ShouldBe(2);
        result.Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Stream.ShouldBe("aaaa"), p => p.Position.ShouldBe(1), p => p.Code.ShouldBe("WEIR2005"));
        a.CorruptAt = null;
        (await land.LandAsync(a, b)).ShouldSatisfyAllConditions(r => r.Landed.ShouldBe(1), r => r.Problems.ShouldBeEmpty());
    }

    [Fact]
    public async Task A_stream_whose_file_the_system_cannot_read_waits()
    {
        var a = new MemoryEventStream("aaaa", "web") { Unreadable = true }.Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00"));
        var b = new MemoryEventStream("bbbb", "web").Append(At("2026-03-01T10:00:00"), Of(3, "2026-03-01T09:00:00"));
        var result = await land.LandAsync(a, b);
        result.Landed.ShouldBe(1);
        result.Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Stream.ShouldBe("aaaa"), p => p.Position.ShouldBe(0), p => p.Code.ShouldBe("WEIR5007"));
    }

    [Theory]
    [InlineData("head", 0)]
    [InlineData("head once more", 9)]
    [InlineData("frames", 0)]
    [InlineData("counts", 0)]
    public async Task A_stream_to_which_the_system_denies_access_waits(string what, long waitsAt)
    {
        var denied = new UnauthorizedAccessException("Access to the path is denied.");
        var a = new MemoryEventStream("aaaa", "web").Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00"));
        var b = new MemoryEventStream("bbbb", "web").Append(At("2026-03-01T10:00:00"), Of(3, "2026-03-01T09:00:00"));
        if (what == "head") a.HeadFault = _ => denied;
        if (what == "frames") a.ReadFault = denied;
        if (what == "counts") a.ReceivedFault = denied;
        if (what == "head once more")
        {
            using (var lake = land.OpenLake()) // the ledger is ahead of the stream, for which its head is read again
                lake.Commit(new RangeCommit([new StreamRange("aaaa", 0, 9)], [], new Dictionary<string, IReadOnlyList<AddFile>>(), -1)).ShouldBeOfType<CommitOutcome.Committed>();
            a.HeadFault = n => n == 2 ? denied : null;
        }
        var result = await land.LandAsync(a, b);
        result.Landed.ShouldBe(1);
        result.Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Stream.ShouldBe("aaaa"), p => p.Position.ShouldBe(waitsAt), p => p.Code.ShouldBe("WEIR5007"));
    }

    [Fact] // D1
    public async Task A_stream_whose_counts_cannot_be_read_waits_and_claims_no_id_while_the_others_land()
    {
        var a = new MemoryEventStream("aaaa", "web") { ReceivedFault = new WeirException("WEIR2005", "Damaged.") }.Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00"), Of(2, "2026-03-01T09:00:00"));
        var b = new MemoryEventStream("bbbb", "web") { CorruptAt = 2 }
            .Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00"), Of(3, "2026-03-01T09:00:00")).Append(At("2026-03-01T10:00:00"), Of(4, "2026-03-01T09:00:00"));
        var result = await land.LandAsync(a, b);
        result.Problems.Select(p => (p.Stream, p.Position, p.Code)).ShouldBe([("aaaa", 0, "WEIR2005"), ("bbbb", 2, "WEIR2005")]);
        land.FateLine("bbbb").ShouldBe("0:landed 1:landed");
        land.FateLine("aaaa").ShouldBe("");
        (a.ReceivedFault, b.CorruptAt) = (null, null);
        await land.LandAsync(a, b);
        land.FateLine("aaaa").ShouldBe("0:duplicate 1:landed");
        land.FateLine("bbbb").ShouldBe("0:landed 1:landed 2:landed");
    }

    [Fact] // G6
    public async Task A_commit_that_stands_though_it_failed_is_made_durable_before_anything_acts_on_it()
    {
        var web = new MemoryEventStream("aaaa", "web").Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00"));
        var ledger = $"syncfolder {Path.Combine(land.LakeFolder, "ledger", "_delta_log")}";
        var failing = false;
        var disk = new Weir.Tests.Lake.RecordingDisk(Weir.Storage.LocalDisk.Instance)
        {
            BeforeSyncFolder = path => { if (failing && ledger.EndsWith(" " + path, StringComparison.Ordinal)) throw new IOException("No space left."); },
        };
        using var lake = land.OpenLake(disk);
        await using var lander = await Lander.OpenAsync(new LandOptions(land.Data), lake, land.Sources, land.Keys, disk);
        await lander.LandAsync([web], null, CancellationToken.None);
        web.Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00"));
        failing = true;
        await Should.ThrowAsync<IOException>(() => lander.LandAsync([web], null, CancellationToken.None));
        failing = false;
        disk.Forget();
        (await lander.LandAsync([web], null, CancellationToken.None)).Events.ShouldBe(0);
        disk.Done.ShouldContain(ledger);
    }

    [Fact]
    public async Task Events_in_a_dialect_of_another_version_stop_landing_with_their_code()
    {
        var a = new MemoryEventStream("aaaa", "web").Append(At("2026-03-01T10:00:00"), "{}", "unheard-of", ["{}"]);
        (await Should.ThrowAsync<WeirException>(() => land.LandAsync(a))).Code.ShouldBe("WEIR5103");
    }

    [Fact]
    public async Task Nothing_is_committed_when_what_was_decided_is_not_what_was_received()
    {
        var a = new MemoryEventStream("aaaa", "web") { Miscount = 1 }.Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00")).Append(At("2026-03-01T11:00:00"), Of(2, "2026-03-01T09:00:00"));
        var refused = await Should.ThrowAsync<WeirException>(() => land.LandAsync(a));
        refused.Code.ShouldBe("WEIR5003");
        refused.Message.ShouldContain("were received 2 in 2026-03-01 10h from position 0");
        land.Count("SELECT count(*) FROM lake.ledger").ShouldBe(0);
    }

    [Fact]
    public async Task A_stream_of_an_undeclared_source_waits()
    {
        var a = new MemoryEventStream("aaaa", "gone").Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00"));
        (await land.LandAsync(a)).Problems.ShouldHaveSingleItem().Code.ShouldBe("WEIR5004");
    }

    [Fact]
    public async Task A_stream_that_ends_before_its_head_waits()
    {
        var a = new MemoryEventStream("aaaa", "web").Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00"));
        var result = await land.LandAsync(new Boastful(a));
        result.Landed.ShouldBe(1);
        result.Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Code.ShouldBe("WEIR5006"), p => p.Position.ShouldBe(1));
    }

    private sealed class Boastful(MemoryEventStream stream) : IEventStream
    {
        public string Id => stream.Id;
        public string Source => stream.Source;
        public long ReadHead() => stream.Head + 1;
        public IReadOnlyList<ReceivedHour> ReadReceived() => stream.ReadReceived();
        public IAsyncEnumerable<Frame> ReadAsync(long from, CancellationToken cancellationToken) => stream.ReadAsync(from, cancellationToken);
    }

    [Fact]
    public async Task Entity_rows_land_in_their_table_in_the_same_commit_as_events()
    {
        land.Sources.Add(new SourceDefinition
        {
            Name = "orders", Entity = "order_lines", Key = ["order_id"],
            Fields = [new("order_id", "id", new(FieldKind.Varchar), Required: true), new("price", "price", new(FieldKind.Decimal, 18, 4)), new("day", "day", new(FieldKind.Date)), new("paid", "paid", new(FieldKind.Boolean))],
        });
        var web = new MemoryEventStream("aaaa", "web").Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00"));
        var orders = new MemoryEventStream("bbbb", "orders").Append(At("2026-03-01T10:00:00"),
            """{"id":"o1","price":12.3456,"day":"2026-03-01","paid":true}""", """{"id":"o1","price":13.00}""", """{"price":1}""");
        (await land.LandAsync(web, orders)).ShouldSatisfyAllConditions(r => r.Commits.ShouldBe(1), r => r.Landed.ShouldBe(3), r => r.Quarantined.ShouldBe(1));
        land.Texts("SELECT concat_ws('|', order_id, price, day, paid, _position) FROM lake.order_lines_history ORDER BY _position").ShouldBe(["o1|12.3456|2026-03-01|true|0", "o1|13.0000|1"]);
        land.Count("SELECT count(*) FROM lake.order_lines").ShouldBe(1);
    }

    [Fact]
    public void Every_value_of_an_event_is_staged_in_the_column_of_its_name()
    {
        // Each text property holds its own column's name, so that a swapped pair shows.
        var row = new EventRow { Event = "x", Source = "x" };
        foreach (var property in typeof(EventRow).GetProperties().Where(p => p.PropertyType == typeof(string) && p.CanWrite)) property.SetValue(row, Column(property.Name));
        (row.ClientTime, row.EventTime, row.ReceivedAt, row.SentAt) = (Utc(1), Utc(2), Utc(3), Utc(4));
        (row.Quantity, row.Price, row.Revenue, row.Position) = (5, 6.5m, 7.25m, 8);
        using var staging = new Staging("100MB", Path.Combine(land.Data, "staging"), 1, threads: 2);
        var block = staging.Blocks.Rent();
        block.Begin();
        block.Put(0, row);
        staging.Events.Add(block, 0, row.Source);
        using var lake = land.OpenLake();
        var files = staging.Write(lake.Writer, "test");
        lake.Commit(new RangeCommit([new StreamRange("s", 0, 1)], [], files, -1)).ShouldBeOfType<CommitOutcome.Committed>();
        land.Read(c =>
        {
            foreach (var column in LakeTables.Events.Columns.Where(c => c.SqlType == "VARCHAR" && c.Name != "event_id"))
                c.Scalar<string>($"SELECT \"{column.Name}\" FROM lake.events").ShouldBe(column.Name);
            c.Scalar<string>("SELECT concat_ws('|', hour(client_time), hour(event_time), hour(received_at), hour(sent_at), quantity, price, revenue, _position, date, hour) FROM lake.events")
                .ShouldBe("1|2|3|4|5|6.5000|7.2500|8|2026-03-01|2");
            return 0;
        });
        DateTime Utc(int hour) => new(2026, 3, 1, hour, 0, 0, DateTimeKind.Utc);
    }

    private static string Column(string property) => property switch
    {
        "Imputed" or "Flags" or "Dialect" or "Stream" => "_" + property.ToLowerInvariant(),
        _ => string.Concat(property.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString())),
    };

    [Fact] // D7 D10
    public async Task Rounds_threads_and_memory_do_not_change_what_lands()
    {
        var random = new Random(7);
        var web = new MemoryEventStream("aaaa", "web");
        for (var frame = 0; frame < 60; frame++)
            web.Append(At("2026-03-01T10:00:00"), Enumerable.Range(0, 100).Select(_ => random.Next(3000)).Select(i => Of(i, $"2026-03-01T0{i % 7}:00:00", i % 50 == 0 && random.Next(2) == 0 ? "order" : "page")));
        var fates = new List<string>();
        foreach (var (round, threads, memory) in new[] { (128L << 20, 1, 1L << 28), (100_000L, 2, 2000L), (700_000L, 3, 20_000L) })
        {
            using var fresh = new LandFixture { Configure = o => o with { RoundBytes = round, Threads = threads, DedupeMemoryBytes = memory } };
            await fresh.LandAsync(web);
            fates.Add(fresh.FateLine("aaaa"));
        }
        fates[1].ShouldBe(fates[0]);
        fates[2].ShouldBe(fates[0]);
        fates[0].ShouldContain("quarantined");
    }

    [Fact]
    public async Task A_cancelled_landing_commits_nothing_more_and_the_next_one_goes_on()
    {
        var web = new MemoryEventStream("aaaa", "web");
        for (var frame = 0; frame < 20; frame++) web.Append(At("2026-03-01T10:00:00"), Enumerable.Range(frame * 100, 100).Select(i => Of(i, "2026-03-01T09:00:00")));
        using var stop = new CancellationTokenSource();
        using (var lake = land.OpenLake())
        {
            await using var lander = await Lander.OpenAsync(new LandOptions(land.Data) { RoundBytes = 100 * 512 }, lake, land.Sources, land.Keys, Weir.Storage.LocalDisk.Instance);
            var stopping = new Roles.Direct(p => { if (p.Committed >= 300) stop.Cancel(); });
            await Should.ThrowAsync<OperationCanceledException>(() => lander.LandAsync([web], stopping, stop.Token));
            var rest = await lander.LandAsync([web], null, CancellationToken.None);
            rest.Landed.ShouldBe(1700);
        }
        land.Count("SELECT count(DISTINCT event_id) FROM lake.events").ShouldBe(2000);
    }

    private static class Roles
    {
        public sealed class Direct(Action<LandProgress> report) : IProgress<LandProgress>
        {
            public void Report(LandProgress value) => report(value);
        }
    }
}
