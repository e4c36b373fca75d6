using Weir.Accounting;
using Weir.Journal;
using Weir.Land;
using Weir.Tests.Land.Verifying;
using Weir.Tests.Land.Landing;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Journal;

/// <summary>A damaged part that a person gave up: from the damage to an account that is proven again.</summary>
public sealed class DropTests : IDisposable
{
    private readonly VerifyBench bench = new();

    public void Dispose() => bench.Dispose();

    private async Task<DropPlan> PlanAsync(long from, long to) => await JournalDrop.PlanAsync(bench.Streams.Single(), from, to, CancellationToken.None);

    private static byte[] Flip(byte[] bytes, int at)
    {
        bytes[at] ^= 1;
        return bytes;
    }

    /// <summary>Damages, sees landing wait, gives the part up, and sees everything else land and the account proven.</summary>
    private async Task GiveUpAsync(long from, long to)
    {
        var waits = (await bench.Land.LandAsync(bench.Streams)).Problems.ShouldHaveSingleItem();
        (waits.Code, waits.Position).ShouldBe(("WEIR2005", from));
        waits.Message.ShouldContain($"drop-corrupt --stream {bench.Id()} --from {from} --to {to - 1} --plan");
        (await bench.VerifyAsync()).Faults.ShouldContain(f => f.From == from && f.To == to);

        JournalDrop.Drop(await PlanAsync(from, to), "somebody", bench.Time.Now);
        (await bench.Land.LandAsync(bench.Streams)).ShouldSatisfyAllConditions(r => r.Problems.ShouldBeEmpty(), r => r.Dropped.ShouldBe(to - from));
        bench.Witness();
        (await bench.VerifyAsync()).ShouldSatisfyAllConditions(
            r => r.Faults.ShouldBeEmpty(), r => r.Streams.ShouldHaveSingleItem().ShouldBe(new StreamVerdict(bench.Id(), "web", 0, 9, 9 - (to - from), 0, 0, to - from, 0, 0, 0)));
        using var lake = bench.Land.OpenLake();
        Account.Read(lake, () => bench.Streams).ShouldSatisfyAllConditions(a => a.Problems.ShouldBeEmpty(), a => a.AddsUp.ShouldBeTrue(), a => a.Rows.Sum(r => r.Dropped).ShouldBe(to - from));
        bench.Land.Texts("SELECT concat_ws('|', dropped_runs, dropped_by_reason) FROM lake.ledger WHERE dropped > 0").ShouldHaveSingleItem()
            .ShouldBe($"{from}-{to - 1}|{{\"corrupt\":{to - from}}}");
    }

    [Theory] // J19
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_damaged_frame_is_given_up(int segment)
    {
        await bench.ReceiveThreeHoursAsync();
        var path = bench.Segments()[segment];
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, Flip(bytes, bytes.Length - 100)); // in the second of its frames, which holds two events
        await GiveUpAsync(segment * 3 + 1, segment * 3 + 3);
    }

    [Theory] // J19
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_segment_with_a_damaged_header_is_given_up_as_a_whole(int segment)
    {
        await bench.ReceiveThreeHoursAsync();
        var path = bench.Segments()[segment];
        await File.WriteAllBytesAsync(path, Flip(await File.ReadAllBytesAsync(path), 20));
        await GiveUpAsync(segment * 3, segment * 3 + 3);
    }

    [Theory] // J19
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_missing_segment_is_given_up(int segment)
    {
        await bench.ReceiveThreeHoursAsync();
        File.Delete(bench.Segments()[segment]);
        await GiveUpAsync(segment * 3, segment * 3 + 3);
    }

    [Theory] // J19
    [InlineData(20)]   // the header
    [InlineData(-100)] // a frame
    [InlineData(0)]    // all
    public async Task What_was_given_up_is_no_obstacle_to_removing_what_landed(int damage)
    {
        bench.Land.Configure = o => o with { Retention = LandFixture.NoRaw };
        await bench.ReceiveThreeHoursAsync();
        var path = bench.Segments()[0];
        var bytes = await File.ReadAllBytesAsync(path);
        if (damage == 0) File.Delete(path);
        else await File.WriteAllBytesAsync(path, Flip(bytes, damage < 0 ? bytes.Length + damage : damage));
        var (from, to) = (damage < 0 ? 1 : 0, 3);
        JournalDrop.Drop(await PlanAsync(from, to), "somebody", bench.Time.Now);
        await bench.LandAndWitnessAsync();
        bench.Segments().ShouldBeEmpty();
        await bench.HoldsAsync();
        await using (var journal = await bench.OpenAsync()) await VerifyBench.AppendAsync(journal, Of(30, "2026-03-01T09:00:00"));
        await bench.LandAndWitnessAsync();
        await bench.HoldsAsync();
        using var lake = bench.Land.OpenLake();
        Account.Read(lake, () => bench.Streams).AddsUp.ShouldBeTrue();
    }

    [Fact] // J19
    public async Task It_is_given_up_beside_a_running_collector_and_what_came_later_lands()
    {
        await bench.ReceiveThreeHoursAsync();
        File.Delete(bench.Segments()[1]);
        await using var journal = await bench.OpenAsync();
        await VerifyBench.AppendAsync(journal, Of(30, "2026-03-01T09:00:00"));
        (await bench.Land.LandAsync(bench.Streams)).Problems.ShouldHaveSingleItem().Position.ShouldBe(3);
        JournalDrop.Drop(await PlanAsync(3, 6), "somebody", bench.Time.Now);
        await VerifyBench.AppendAsync(journal, Of(31, "2026-03-01T09:00:00"));
        (await bench.Land.LandAsync(bench.Streams)).ShouldSatisfyAllConditions(r => r.Problems.ShouldBeEmpty(), r => r.Landed.ShouldBe(5), r => r.Dropped.ShouldBe(3));
        await bench.HoldsAsync();
    }

    [Fact] // J19
    public async Task A_damage_at_the_end_that_was_given_up_is_not_told_again_when_the_collector_starts()
    {
        await bench.ReceiveThreeHoursAsync();
        File.Delete(bench.Segments()[2]);
        await using (var journal = await bench.OpenAsync()) journal.Damage.ShouldHaveSingleItem().FromOrdinal.ShouldBe(6);
        JournalDrop.Drop(await PlanAsync(6, 9), "somebody", bench.Time.Now);
        await using (var journal = await bench.OpenAsync())
        {
            journal.Damage.ShouldBeEmpty();
            await VerifyBench.AppendAsync(journal, Of(30, "2026-03-01T09:00:00"));
        }
        await bench.LandAndWitnessAsync();
        (await bench.VerifyAsync()).ShouldSatisfyAllConditions(r => r.Faults.ShouldBeEmpty(), r => r.Streams[0].To.ShouldBe(10), r => r.Streams[0].Dropped.ShouldBe(3));
    }

    [Fact]
    public async Task The_plan_says_what_is_lost_and_what_lies_before_and_after()
    {
        await bench.ReceiveThreeHoursAsync();
        var path = bench.Segments()[1];
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, Flip(bytes, bytes.Length - 100));
        var plan = await PlanAsync(4, 6);
        plan.ShouldSatisfyAllConditions(
            p => p.File.ShouldBe(path), p => p.Hour.ShouldBe(new DateTime(2026, 3, 1, 11, 0, 0)), p => p.ToByte.ShouldBe(bytes.Length),
            p => p.Before.ShouldBe("events 3 to 3, received at 2026-03-01 11:30:00.000000 UTC"), p => p.After.ShouldBe("events 6 to 6, received at 2026-03-01 12:30:00.000000 UTC"));
        File.Exists(Path.Combine(bench.Journal, "dropped.json")).ShouldBeFalse();
    }

    [Theory] // WEIR2020
    [InlineData(0, 1)] // readable
    [InlineData(3, 6)] // more than the damage
    [InlineData(4, 5)] // a part of it
    [InlineData(4, 7)]
    [InlineData(8, 12)] // beyond the head
    [InlineData(5, 5)]
    public async Task Only_exactly_a_damaged_part_can_be_given_up(long from, long to)
    {
        await bench.ReceiveThreeHoursAsync();
        var path = bench.Segments()[1];
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, Flip(bytes, bytes.Length - 100));
        (await Should.ThrowAsync<WeirException>(() => PlanAsync(from, to))).Code.ShouldBe("WEIR2020");
    }

    [Fact] // WEIR2021, WEIR2022
    public async Task What_was_given_up_already_or_is_no_journal_is_refused_by_name()
    {
        await bench.ReceiveThreeHoursAsync();
        File.Delete(bench.Segments()[1]);
        JournalDrop.Drop(await PlanAsync(3, 6), "somebody", bench.Time.Now);
        (await Should.ThrowAsync<WeirException>(() => PlanAsync(3, 6))).Code.ShouldBe("WEIR2021");
        var file = new Weir.Tests.Land.Landing.MemoryEventStream("file/1", "web");
        (await Should.ThrowAsync<WeirException>(() => JournalDrop.PlanAsync(file, 0, 1, CancellationToken.None))).Code.ShouldBe("WEIR2022");
    }

    [Theory] // WEIR2005
    [InlineData("")]
    [InlineData("[null]")]
    [InlineData("{\"from\"")]
    public async Task A_damaged_dropped_json_is_named(string text)
    {
        await bench.ReceiveThreeHoursAsync();
        var path = Path.Combine(bench.Journal, "dropped.json");
        await File.WriteAllTextAsync(path, text);
        (await bench.Land.LandAsync(bench.Streams)).Problems.ShouldHaveSingleItem().Message.ShouldContain(path);
        (await bench.VerifyAsync()).Holds.ShouldBeTrue(); // it is only asked about what is damaged
    }
}
