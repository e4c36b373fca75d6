using Weir.Connect;
using static Weir.Tests.Connect.IntakeFolder;

namespace Weir.Tests.Connect;

public sealed class StillFileTests : IDisposable
{
    private readonly IntakeFolder folder = new();
    private readonly FileIntake intake;

    public StillFileTests() => intake = folder.Open(stillSeconds: 10);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_is_taken_ten_seconds_after_it_was_written()
    {
        var path = Fresh();
        (await OfferAsync(path)).ShouldBe(IntakeOutcome.NotStill);
        folder.Clock.Now += TimeSpan.FromSeconds(9);
        (await OfferAsync(path)).ShouldBe(IntakeOutcome.NotStill);
        folder.Clock.Now += TimeSpan.FromSeconds(1);
        (await OfferAsync(path)).ShouldBe(IntakeOutcome.Taken);
    }

    [Fact]
    public async Task Its_marker_makes_a_file_still_at_once()
    {
        var path = Fresh();
        File.WriteAllText($"{path}.done", "");
        (await OfferAsync(path)).ShouldBe(IntakeOutcome.Taken);
    }

    [Fact]
    public async Task A_file_servers_clock_that_is_ahead_does_not_keep_its_files_out()
    {
        var path = Fresh();
        File.SetLastWriteTimeUtc(path, folder.Clock.Now.UtcDateTime.AddHours(3));
        (await OfferAsync(path)).ShouldBe(IntakeOutcome.NotStill);
        folder.Clock.Now += TimeSpan.FromSeconds(10);
        (await OfferAsync(path)).ShouldBe(IntakeOutcome.Taken);
    }

    [Fact]
    public async Task A_known_file_is_not_read_again_while_size_and_time_stay()
    {
        var path = folder.Write("f.ndjson", "1\n");
        await OfferAsync(path);
        var modified = File.GetLastWriteTimeUtc(path);
        File.WriteAllText(path, "2\n");
        File.SetLastWriteTimeUtc(path, modified);
        (await OfferAsync(path)).ShouldBe(IntakeOutcome.SameAs);
        (await folder.TakeAsync("f.ndjson")).Outcome.ShouldBe(IntakeOutcome.Changed, "a file that a person names is always compared");
        (await OfferAsync(path)).ShouldBe(IntakeOutcome.Changed);
    }

    private string Fresh()
    {
        var path = folder.Write("f.ndjson", "1\n");
        File.SetLastWriteTimeUtc(path, folder.Clock.Now.UtcDateTime);
        return path;
    }

    private async Task<IntakeOutcome> OfferAsync(string path) => (await intake.TakeAsync(Lines, path, TestContext.Current.CancellationToken)).Outcome;
}
