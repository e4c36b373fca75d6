using Weir.DuckDb;
using Weir.Lake;
using Weir.Land;
using Weir.Land.Erasure;
using Weir.Leases;
using Weir.Storage;
using Weir.Tests.Land.Landing;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Erasure;

/// <summary>A person is erased: from the lake, for good, on record. Which rows are Anna's was decided by hand.</summary>
public sealed class ErasureTests : IDisposable
{
    private readonly ErasureBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // as hashes, outside production; G12
    public async Task A_persons_rows_leave_every_table_and_no_others_do(bool isMasked)
    {
        if (isMasked) bench.UsePersonal();
        await bench.LandAsync();
        var others = bench.Land.Texts("SELECT t::VARCHAR FROM lake.events t WHERE _position IN (1, 6, 7) ORDER BY _position");
        const string Hers = "events/web:5 orders/shop:2 quarantine/web:2";
        (await bench.PlanAsync()).ShouldBe(Hers);
        bench.Land.Count("SELECT count(*) FROM lake.events").ShouldBe(8); // a plan changes nothing

        ErasureBench.Text(await bench.EraseAsync()).ShouldBe(Hers);

        bench.Land.FateLine("aaaa").ShouldBe(ErasureBench.WebLeft);
        bench.Land.Texts("SELECT id FROM lake.orders_history").ShouldBe(["o3"]);
        bench.Land.Texts("SELECT t::VARCHAR FROM lake.events t ORDER BY _position").ShouldBe(others);
        bench.Runs().ShouldBe("shop 12 0-1|; web 12 0,2-4|; web 13 |8-9; web 13 5|;");
        await bench.ShouldAddUpAsync();
        (await bench.PlanAsync()).ShouldBe("");
    }

    [Fact]
    public async Task A_late_copy_or_a_replay_does_not_bring_a_person_back()
    {
        await bench.LandAsync();
        await bench.EraseAsync();
        // The same bytes again, under another stream's name, as a copy of a journal is; and a CRM that still has her.
        var late = new MemoryEventStream("cccc", "web").Append(At("2026-03-02T12:00:00"), ErasureBench.Web);
        var export = new MemoryEventStream("dddd", "shop").Append(At("2026-03-02T12:00:00"), ErasureBench.Orders);
        var landed = await bench.LandAsync(late, export);
        (landed.Landed, landed.Duplicate, landed.Quarantined, landed.Dropped).ShouldBe((1, 3, 1, 9));
        bench.Land.Texts("SELECT dropped_by_reason || dropped_runs FROM lake.ledger WHERE stream = 'cccc'").ShouldBe(["""{"erased":7}0,2-5,8-9"""]);
        (await bench.PlanAsync()).ShouldBe("");
    }

    [Fact] // G13
    public async Task What_was_decided_before_the_tombstone_and_is_committed_after_it_is_decided_again()
    {
        bench.WebStream.BeforeCommit = () => bench.EraseAsync().GetAwaiter().GetResult();
        var landed = await bench.LandAsync();
        (landed.Landed, landed.Quarantined, landed.Dropped).ShouldBe((4, 1, 9));
        bench.Land.FateLine("aaaa").ShouldBe(ErasureBench.WebLeft);
        (await bench.PlanAsync()).ShouldBe("");
        await bench.ShouldAddUpAsync();
    }

    [Fact] // G13
    public async Task What_was_read_ahead_of_the_tombstone_is_read_again()
    {
        using (var lake = bench.Land.OpenLake())
        await using (var lander = await Lander.OpenAsync(new LandOptions(bench.Land.Data) { RoundBytes = 1 }, lake, bench.Land.Sources, bench.Land.Keys, LocalDisk.Instance))
        {
            // After the first round's commit, when the second has long been read.
            var landed = await lander.LandAsync([bench.WebStream, bench.ShopStream], new AtFirstCommit(() => bench.EraseAsync().GetAwaiter().GetResult()), CancellationToken.None);
            (landed.Landed, landed.Quarantined, landed.Dropped).ShouldBe((8, 1, 5));
        }
        bench.Land.FateLine("aaaa").ShouldBe(ErasureBench.WebLeft);
        bench.Land.Texts("SELECT id FROM lake.orders_history").ShouldBe(["o3"]);
        (await bench.PlanAsync()).ShouldBe("");
        await bench.ShouldAddUpAsync();
    }

    [Fact]
    public async Task A_compaction_in_the_middle_is_noticed_and_the_rows_are_found_where_they_are_then()
    {
        await bench.LandAsync();
        await bench.Land.LandAsync(new MemoryEventStream("eeee", "web").Append(At("2026-03-01T14:00:00"), Of(21, "2026-03-01T09:00:00", extra: ""","user_id":"u-1" """)));
        var isDone = false;
        await bench.EraseAsync(meanwhile: lake =>
        {
            if (isDone) return;
            isDone = true;
            var maintenance = lake.Maintain(new MaintenanceOptions(Path.Combine(bench.Land.Data, "run", "maintenance")) { FilesPerPartition = 1 });
            while (maintenance.StepAsync(CancellationToken.None).GetAwaiter().GetResult() is not null) { }
        });
        (await bench.PlanAsync()).ShouldBe("");
        bench.Land.Count("SELECT count(*) FROM lake.events").ShouldBe(3);
    }

    [Fact]
    public async Task A_crash_in_the_middle_is_finished_by_running_it_again()
    {
        const int Stride = 13; // coprime to how many operations a commit has
        await bench.LandAsync();
        for (var failAt = 1; ; failAt += Stride)
        {
            using var copy = new ErasureBench(bench.Land.Copy());
            var disk = new CrashingDisk(LocalDisk.Instance, failAt);
            try
            {
                await copy.EraseAsync(disk);
            }
            catch (Exception e) when (e is IOException or AggregateException) { }
            if (!disk.Crashed) break;
            await copy.LandAsync(); // a lander in between
            await copy.EraseAsync();
            copy.Land.FateLine("aaaa").ShouldBe(ErasureBench.WebLeft, $"crash at operation {failAt}");
            copy.Land.Texts("SELECT id FROM lake.orders_history").ShouldBe(["o3"], $"crash at operation {failAt}");
            (await copy.PlanAsync()).ShouldBe("", $"crash at operation {failAt}");
            await copy.ShouldAddUpAsync($"crash at operation {failAt}");
        }
    }

    [Fact]
    public async Task Models_are_told_that_rows_went_though_nothing_came_in_their_place()
    {
        await bench.LandAsync();
        using var lake = bench.Land.OpenLake();
        var mark = LakeMark.Of(lake, lake.ReadSnapshot());
        LakeRows.Since(lake, lake.ReadSnapshot(), "orders", mark).ShouldNotBeNull();
        await bench.EraseAsync(null, null, new PersonId(PersonIdKind.User, "u-1"), new PersonId(PersonIdKind.User, "u-2")); // every order: no file is left
        lake.ReadSnapshot()["orders"].Files.ShouldBeEmpty();
        LakeRows.Since(lake, lake.ReadSnapshot(), "orders", mark).ShouldBeNull();
    }

    [Fact]
    public async Task The_old_files_go_with_the_vacuum_and_no_bytes_of_the_person_stay_in_the_lake()
    {
        await bench.LandAsync();
        await bench.EraseAsync();
        using var lake = bench.Land.OpenLake();
        lake.DeleteRemoved(TimeSpan.FromHours(1)).ShouldBe(new RemovedFiles(0, Waiting(lake)));
        lake.DeleteRemoved(TimeSpan.FromSeconds(-5)).Waiting.ShouldBe(0);
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        foreach (var file in Directory.EnumerateFiles(bench.Land.LakeFolder, "*.parquet", SearchOption.AllDirectories))
            connection.Query($"SELECT t::VARCHAR FROM read_parquet('{file}') t", r => r.GetString(0)).ShouldAllBe(t => !t.Contains("u-1,", StringComparison.Ordinal) && !t.Contains("\"anna.meyer@example.org\"", StringComparison.OrdinalIgnoreCase), file);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(bench.Land.LakeFolder, "_erasures"))) File.ReadAllText(file).ShouldNotContain("anna", Case.Insensitive);
        static int Waiting(LakeStore lake) => Directory.EnumerateFiles(lake.Folder, "*.parquet", SearchOption.AllDirectories).Count(f => !f.Contains("ledger", StringComparison.Ordinal)) - lake.ReadSnapshot().Tables.Values.Where(t => t.Definition.Name != "ledger").Sum(t => t.Files.Count);
    }

    [Fact] // WEIR5050
    public async Task One_erasure_at_a_time()
    {
        await bench.LandAsync();
        using var held = Lease.TryTake(bench.Land.Data, Eraser.LeaseName, LocalDisk.Instance, Lease.DefaultDuration);
        (await Should.ThrowAsync<WeirException>(() => bench.EraseAsync())).Code.ShouldBe("WEIR5050");
    }

    [Fact] // WEIR5051 WEIR5052
    public async Task Without_the_secret_or_with_a_damaged_tombstone_nothing_lands()
    {
        await bench.EraseAsync();
        var secret = Path.Combine(bench.Land.Data, "keys", "secret.key");
        var key = File.ReadAllBytes(secret);
        File.Delete(secret);
        (await Should.ThrowAsync<WeirException>(() => bench.LandAsync())).Code.ShouldBe("WEIR5051");
        File.WriteAllBytes(secret, [.. key.Reverse()]);
        (await Should.ThrowAsync<WeirException>(() => bench.LandAsync())).Code.ShouldBe("WEIR5051");
        File.WriteAllBytes(secret, key);
        var tombstone = Directory.GetFiles(Path.Combine(bench.Land.LakeFolder, "_erasures")).Single();
        File.WriteAllText(tombstone, "{");
        (await Should.ThrowAsync<WeirException>(() => bench.LandAsync())).Code.ShouldBe("WEIR5052");
        File.Delete(tombstone);
        (await bench.LandAsync()).Landed.ShouldBe(11);
    }

    [Theory]
    [InlineData("user=4711", "4711")]
    [InlineData("email= A@B.de ", "a@b.de")]
    [InlineData("anonymous=a=b", "a=b")]
    [InlineData("mail=x", null)]
    [InlineData("user=", null)]
    [InlineData("user", null)]
    public void An_id_is_a_kind_and_a_value(string text, string? value) => (PersonId.TryParse(text, out var id) ? id.Value : null).ShouldBe(value);

    private sealed class AtFirstCommit(Action action) : IProgress<LandProgress>
    {
        private bool isDone;

        public void Report(LandProgress value)
        {
            if (isDone || value.Committed == 0) return;
            isDone = true;
            action();
        }
    }
}
