using Weir.Accounting;
using Weir.Lake;
using Weir.Land;
using Weir.Sources;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Landing;

public sealed class AccountTests : IDisposable
{
    private readonly LandFixture land = new();
    private readonly MemoryEventStream web = new("aaaa", "web");
    private readonly MemoryEventStream mobile = new("bbbb", "mobile");

    public void Dispose() => land.Dispose();

    private AccountReport Read()
    {
        using var lake = land.OpenLake();
        return Account.Read(lake, () => [web, mobile]);
    }

    private async Task LandSomeAsync()
    {
        web.Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00"), Of(1, "2026-03-01T09:00:00"), "{", "{");
        web.Append(At("2026-03-01T11:00:00"), Of(2, "2026-03-01T09:00:00"), WithoutTime(3), Of(2, "2026-03-01T09:00:01"));
        mobile.Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00"));
        await land.LandAsync(web, mobile);
    }

    [Fact]
    public async Task Received_is_landed_duplicate_quarantined_and_waiting_for_every_source_and_hour()
    {
        await LandSomeAsync();
        web.Append(At("2026-03-01T11:30:00"), Of(4, "2026-03-01T09:00:00"));
        web.Append(At("2026-03-01T12:00:00"), Of(5, "2026-03-01T09:00:00"), Of(6, "2026-03-01T09:00:00"));
        var account = Read();
        account.AddsUp.ShouldBeTrue();
        var day = new DateTime(2026, 3, 1);
        account.Rows.ShouldBe(
        [
            new AccountRow("mobile", day.AddHours(10), 1, 1, 0, 0, 0, 0, 0),
            new AccountRow("web", day.AddHours(10), 4, 1, 1, 2, 0, 0, 0),
            new AccountRow("web", day.AddHours(11), 4, 2, 0, 1, 0, 1, 1),
            new AccountRow("web", day.AddHours(12), 2, 0, 0, 0, 0, 2, 0),
        ]);
        account.QuarantinedByReason.ShouldBe([new QuarantineCount("web", "invalid_json", 2), new QuarantineCount("web", "reused_id", 1)]);
    }

    [Fact]
    public void An_empty_data_folder_adds_up() => Read().ShouldSatisfyAllConditions(a => a.AddsUp.ShouldBeTrue(), a => a.Rows.ShouldBeEmpty());

    [Fact]
    public async Task A_range_without_a_row_in_the_ledger_is_found()
    {
        await LandSomeAsync();
        web.Append(At("2026-03-01T12:00:00"), Of(4, "2026-03-01T09:00:00"), Of(5, "2026-03-01T09:00:00"));
        CommitByHand(web, 7, 9, []);
        web.Append(At("2026-03-01T12:00:00"), Of(6, "2026-03-01T09:00:00"));
        await land.LandAsync(web);
        var account = Read();
        account.AddsUp.ShouldBeFalse();
        account.Problems.ShouldContain("The ledger has no row for positions 7 to 8 of stream 'aaaa' (web).");
        account.Rows.Single(r => r.Difference != 0).ShouldSatisfyAllConditions(r => r.Hour.Hour.ShouldBe(12), r => r.Difference.ShouldBe(2));
    }

    [Fact]
    public async Task A_row_whose_fates_are_not_its_range_is_found()
    {
        await LandSomeAsync();
        web.Append(At("2026-03-01T12:00:00"), Of(4, "2026-03-01T09:00:00"), Of(5, "2026-03-01T09:00:00"));
        CommitByHand(web, 7, 9, [new LedgerRow("aaaa", "web", 7, 9, new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc), "land", 2, 1, 0, 0, 0, 0)]);
        var account = Read();
        account.AddsUp.ShouldBeFalse();
        account.Problems.ShouldHaveSingleItem().ShouldBe("The ledger's row of stream 'aaaa' (web) for positions 7 to 8 says 2 received, but 1 have a fate.");
    }

    [Fact]
    public async Task A_row_in_the_wrong_hour_is_found()
    {
        await LandSomeAsync();
        web.Append(At("2026-03-01T12:00:00"), Of(4, "2026-03-01T09:00:00"));
        CommitByHand(web, 7, 8, [new LedgerRow("aaaa", "web", 7, 8, new DateTime(2026, 3, 1, 13, 0, 0, DateTimeKind.Utc), "land", 1, 1, 0, 0, 0, 0)]);
        var account = Read();
        account.AddsUp.ShouldBeFalse();
        account.Problems.Count.ShouldBe(2);
        account.Problems[0].ShouldContain("1 landed events were received in the hour 2026-03-01 12:00 UTC, but the ledger has 0");
    }

    [Fact]
    public async Task A_row_that_covers_positions_twice_is_found()
    {
        await LandSomeAsync();
        web.Append(At("2026-03-01T12:00:00"), Of(4, "2026-03-01T09:00:00"));
        CommitByHand(web, 7, 8, [new LedgerRow("aaaa", "web", 6, 8, new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc), "land", 2, 2, 0, 0, 0, 0)]);
        Read().Problems.ShouldContain("The ledger has positions 6 to 6 of stream 'aaaa' (web) twice.");
    }

    [Fact]
    public async Task A_stream_that_lost_what_has_landed_is_found_and_waits()
    {
        await LandSomeAsync();
        web.LoseFrom(1);
        Read().Problems.ShouldContain("The ledger has landed stream 'aaaa' (web) up to position 7, but the stream ends at 4.");
        mobile.Append(At("2026-03-01T12:00:00"), Of(9, "2026-03-01T09:00:00"));
        var result = await land.LandAsync(web, mobile);
        result.Landed.ShouldBe(1);
        result.Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Code.ShouldBe("WEIR5002"), p => p.Stream.ShouldBe("aaaa"));
    }

    [Fact]
    public async Task A_stream_that_is_gone_is_found()
    {
        await LandSomeAsync();
        using var lake = land.OpenLake();
        var account = Account.Read(lake, () => [web]);
        account.AddsUp.ShouldBeFalse();
        account.Problems.ShouldHaveSingleItem().ShouldContain("there is no such stream");
    }

    [Fact]
    public async Task A_stream_that_lands_while_the_account_is_read_is_not_missed()
    {
        await LandSomeAsync();
        using var lake = land.OpenLake();
        Account.Read(lake, () =>
        {
            // Listed just before a third stream was made, which lands at once: had the ledger been read only now, it would name an unknown stream.
            IReadOnlyList<Weir.Events.IEventStream> listed = [web, mobile];
            var late = new MemoryEventStream("cccc", "web").Append(At("2026-03-01T12:00:00"), Of(9, "2026-03-01T09:00:00"));
            land.LandAsync(late).GetAwaiter().GetResult();
            return listed;
        }).AddsUp.ShouldBeTrue();
    }

    [Fact]
    public async Task A_reader_that_is_kept_reads_only_new_files_of_the_ledger_and_no_other_table()
    {
        await LandSomeAsync();
        var disk = new Weir.Tests.Lake.RecordingDisk(Weir.Storage.LocalDisk.Instance);
        using var lake = land.OpenLake(disk);
        var reader = new AccountReader(lake);
        reader.Read(() => [web, mobile]).AddsUp.ShouldBeTrue();
        foreach (var file in Directory.GetFiles(Path.Combine(land.LakeFolder, "ledger"), "*.parquet")) File.Delete(file);
        web.Append(At("2026-03-01T11:30:00"), Of(4, "2026-03-01T09:00:00"), "{");
        await land.LandAsync(web);
        var account = reader.Read(() => [web, mobile]);
        account.Problems.ShouldBeEmpty();
        disk.Done.ShouldContain(d => d.StartsWith("read ", StringComparison.Ordinal));
        disk.Done.ShouldAllBe(d => d.Contains(Path.Combine(land.LakeFolder, "ledger")));
        account.Rows.Single(r => r.Source == "web" && r.Hour.Hour == 11).ShouldBe(new AccountRow("web", new DateTime(2026, 3, 1, 11, 0, 0), 5, 3, 0, 2, 0, 0, 1));
        account.QuarantinedByReason.ShouldBe([new QuarantineCount("web", "invalid_json", 3), new QuarantineCount("web", "reused_id", 1)]);
    }

    [Theory]
    [InlineData(2)] // before the stream's last row
    [InlineData(6)]
    public async Task A_reader_that_is_kept_says_of_wrong_rows_what_a_new_one_says(long from)
    {
        using var lake = land.OpenLake();
        var reader = new AccountReader(lake);
        reader.Read(() => [web, mobile]).Rows.ShouldBeEmpty();
        await LandSomeAsync();
        reader.Read(() => [web, mobile]).AddsUp.ShouldBeTrue();
        web.Append(At("2026-03-01T12:00:00"), Of(4, "2026-03-01T09:00:00"));
        CommitByHand(web, 7, 8, [new LedgerRow("aaaa", "web", from, 8, new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc), "land", 2, 2, 0, 0, 0, 0)]);
        var (kept, anew) = (reader.Read(() => [web, mobile]), Read());
        kept.Problems.ShouldBe(anew.Problems);
        kept.Rows.ShouldBe(anew.Rows);
        kept.Problems.ShouldContain(p => p.StartsWith($"The ledger has positions {from} to ", StringComparison.Ordinal));
    }

    private void CommitByHand(MemoryEventStream stream, long from, long to, IReadOnlyList<LedgerRow> rows)
    {
        using var lake = land.OpenLake();
        var none = new Dictionary<string, IReadOnlyList<AddFile>>();
        lake.Commit(new RangeCommit([new StreamRange(stream.Id, from, to)], rows, none, lake.ReadSnapshot().LedgerVersion)).ShouldBeOfType<CommitOutcome.Committed>();
    }
}
