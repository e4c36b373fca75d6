using Weir.Storage;
using Weir.Tests.Land.Verifying;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Retaining;

/// <summary>A process that removes what is due dies at any of its operations: the account holds before anything else is done, and the next run goes on.</summary>
public sealed class RetentionCrashTests : IDisposable
{
    private const int Stride = 11; // coprime to how many operations a commit has
    private readonly RetentionBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact] // G7, G14, J14, R11
    public async Task Dying_at_any_operation_leaves_nothing_unaccounted_and_the_next_run_ends_it()
    {
        await bench.Bench.ReceiveThreeHoursAsync();
        await using (var journal = await bench.Bench.OpenAsync()) await VerifyBench.AppendAsync(journal, "{");
        var path = Path.Combine(bench.Land.Data, "f.ndjson");
        await File.WriteAllTextAsync(path, $"{Of(20, "2026-03-01T10:00:00")}\n");
        await bench.Bench.Intake.TakeAsync(RetentionBench.Files, path, CancellationToken.None);
        await bench.Bench.LandAndWitnessAsync();
        bench.Now("2026-03-20T00:00:00");
        bench.Plan().ShouldBe("raw/files:1f1e raw/web:4f10e events/files:1f1e events/web:1f9e quarantine/web:1f1e keys/files:1f0e keys/web:1f0e"); // by hand
        for (var failAt = 1; ; failAt += Stride)
        {
            using var copy = bench.Copy();
            var (disk, when) = (new CrashingDisk(LocalDisk.Instance, failAt), $"crash at operation {failAt}");
            try
            {
                await copy.RunAsync(disk);
            }
            catch (Exception e) when (e is IOException or AggregateException or WeirException) { }
            if (!disk.Crashed) break;
            await copy.ShouldAddUpAsync(10, 1, when);
            if (copy.Bench.Segments().Length > 0) copy.HasKey("web", 1).ShouldBeTrue(when);
            await copy.RunAsync();
            copy.Plan().ShouldBe("", when);
            (copy.Bench.Segments().Length, copy.HasKey("web", 1), copy.HasKey("files", 1)).ShouldBe((0, false, false), when);
            copy.Land.Count("SELECT count(*) FROM lake.events").ShouldBe(0, when);
            await copy.ShouldAddUpAsync(10, 1, when);
        }
    }
}
