using Weir.Land.Dedupe;
using Weir.Sources;
using Weir.Storage;

namespace Weir.Tests.Land.Dedupe;

public sealed class DedupeIndexTests : IDisposable
{
    private static readonly SourceRule[] Sources = [new("web", DedupeRule.IdAndClientHour)];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static Candidate Event(int id, string name = "page", long? hour = 10) => new(0, (UInt128)id, name, hour * 3_600_000_000, 0);

    private DedupeIndex Empty(long memory = 1 << 20) => DedupeIndex.CreateEmpty(LocalDisk.Instance, folder.Path, memory, Sources);

    private DedupeIndex? Reopen(long ledger, string lake = "lake", DedupeRule rule = DedupeRule.IdAndClientHour, IDisk? disk = null) =>
        DedupeIndex.TryOpen(disk ?? LocalDisk.Instance, folder.Path, 1 << 20, [new SourceRule("web", rule)], new DedupeStamp(lake, ledger));

    private void SaveThousandAtVersion7()
    {
        using var index = Empty();
        var claims = new Claims(index);
        for (var id = 0; id < 1000; id++) claims.Decide(Event(id)).ShouldBe(DedupeVerdict.First);
        index.Accept(claims, new DedupeStamp("lake", 7));
        index.Save();
    }

    [Fact] // D7
    public void A_probe_of_a_run_reads_one_block_and_that_of_an_unknown_id_almost_never_one()
    {
        SaveThousandAtVersion7();
        using var index = Reopen(7)!;
        var claims = new Claims(index);
        for (var id = 0; id < 1000; id++) claims.Decide(Event(id)).ShouldBe(DedupeVerdict.Duplicate);
        index.BlocksRead.ShouldBe(1000);
        for (var id = 1000; id < 11000; id++) claims.Decide(Event(id)).ShouldBe(DedupeVerdict.First);
        (index.BlocksRead - 1000).ShouldBeLessThan(250); // 10,000 unknown ids at 1 in 120, with room
    }

    [Fact] // D7
    public void Many_runs_are_merged_and_hold_every_id_once()
    {
        using var index = Empty(memory: 1);
        for (var id = 0; id < 300; id++)
        {
            var claims = new Claims(index);
            claims.Decide(Event(id));
            index.Accept(claims, new DedupeStamp("lake", id));
        }
        index.RunCount.ShouldBeLessThanOrEqualTo(8);
        index.Count.ShouldBe(300);
        Directory.GetFiles(folder.Path, "*.run").Length.ShouldBe(index.RunCount);
        var again = new Claims(index);
        for (var id = 0; id < 300; id++) again.Decide(Event(id)).ShouldBe(DedupeVerdict.Duplicate);
    }

    [Fact] // D8
    public void An_index_of_another_lake_of_a_later_ledger_or_of_another_rule_is_not_trusted()
    {
        SaveThousandAtVersion7();
        Reopen(7, lake: "another").ShouldBeNull();
        Reopen(6).ShouldBeNull();
        Reopen(7, rule: DedupeRule.Id).ShouldBeNull();
        using var same = Reopen(9);
        same!.Stamp.LedgerVersion.ShouldBe(7);
    }

    [Fact] // D8
    public void Any_flipped_byte_is_noticed()
    {
        SaveThousandAtVersion7();
        var run = Directory.GetFiles(folder.Path, "*.run").ShouldHaveSingleItem();
        foreach (var path in new[] { run, Path.Combine(folder.Path, "manifest") })
        {
            var good = File.ReadAllBytes(path);
            for (var at = 0; at < good.Length; at += path == run ? 97 : 1)
            {
                var bad = good.ToArray();
                bad[at] ^= 0x20;
                File.WriteAllBytes(path, bad);
                WrongOrNoticed().ShouldBe("noticed", $"byte {at} of {Path.GetFileName(path)}");
            }
            File.WriteAllBytes(path, good);
        }
        using var whole = Reopen(7);
        whole.ShouldNotBeNull();
    }

    private string WrongOrNoticed()
    {
        using var index = Reopen(7);
        if (index is null) return "noticed";
        try
        {
            var claims = new Claims(index);
            for (var id = 0; id < 1000; id++) claims.Decide(Event(id));
            return "not noticed";
        }
        catch (DedupeCorruptException)
        {
            return "noticed";
        }
    }

    [Fact] // D9
    public void A_crash_at_any_step_of_saving_leaves_the_index_of_before_or_of_after()
    {
        for (var failAt = 1; ; failAt++)
        {
            using (var index = Empty())
            {
                for (var id = 0; id < 8; id++) AcceptAndSave(index, id); // one more, and runs are merged
            }
            var disk = new CrashingDisk(LocalDisk.Instance, failAt);
            using (var index = Reopen(7, disk: disk)!)
            {
                try { AcceptAndSave(index, 8); }
                catch (CrashingDisk.CrashException) { }
            }
            using var after = Reopen(8).ShouldNotBeNull($"crash at operation {failAt}");
            var remembered = after.Stamp.LedgerVersion;
            remembered.ShouldBeInRange(7, 8);
            var claims = new Claims(after);
            for (var id = 0; id <= remembered; id++) claims.Decide(Event(id)).ShouldBe(DedupeVerdict.Duplicate, $"id {id}, crash at operation {failAt}");
            if (!disk.Crashed) break;
        }
    }

    private static void AcceptAndSave(DedupeIndex index, int id)
    {
        var claims = new Claims(index);
        claims.Decide(Event(id));
        index.Accept(claims, new DedupeStamp("lake", id));
        index.Save();
    }

    [Fact] // D3
    public void Two_events_without_a_time_are_copies_up_to_72_hours_of_receipt_and_not_a_microsecond_more()
    {
        const long hour = 3_600_000_000;
        foreach (var first in new[] { 0, hour * 71, hour * 72 - 1, hour * 500_003 })
        {
            using var index = Empty();
            var claims = new Claims(index);
            Candidate At(long received) => new(0, 1, "page", null, received);
            claims.Decide(At(first)).ShouldBe(DedupeVerdict.First);
            claims.Decide(At(first + 72 * hour)).ShouldBe(DedupeVerdict.Duplicate);
            claims.Decide(At(first + 72 * hour) with { Name = "order" }).ShouldBe(DedupeVerdict.Reused);
            claims.Decide(At(first + 72 * hour + 1)).ShouldBe(DedupeVerdict.First);
        }
    }

    [Fact] // D2
    public void A_reused_id_claims_nothing()
    {
        using var index = Empty();
        var claims = new Claims(index);
        claims.Decide(Event(1)).ShouldBe(DedupeVerdict.First);
        claims.Decide(Event(1, "order")).ShouldBe(DedupeVerdict.Reused);
        claims.Decide(Event(1, "order")).ShouldBe(DedupeVerdict.Reused);
        claims.Decide(Event(1, "order", hour: 11)).ShouldBe(DedupeVerdict.First);
    }
}
