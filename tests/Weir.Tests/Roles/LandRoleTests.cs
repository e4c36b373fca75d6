using Weir.Configuration;
using Weir.Events;
using Weir.Roles;
using Weir.Tests.Acceptance;

namespace Weir.Tests.Roles;

public class LandRoleTests
{
    [Fact]
    public async Task Commit_of_all_sources_comes_as_soon_as_enough_bytes_wait()
    {
        using var project = new TemporaryProject().With("weir.yml", """
            sources: {web: {write_keys: [w]}, mobile: {write_keys: [m]}}
            lake: {commit_interval: 1h, commit_bytes: 100KB}
            """);
        using var workspace = new Workspace(ProjectFile.Read(project.Folder, null, null), TimeProvider.System);
        await using var journal = await workspace.OpenJournalAsync();
        await AppendAsync("web", 1);
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var landing = new LandRole(workspace, workspace.Settings.CommitInterval).RunAsync(stop.Token);
        await LandedAsync(1); // the first at once: what was left from before
        var version = workspace.Lake.ReadSnapshot().LedgerVersion;

        await AppendAsync("web", 3);     // a row counts 512 bytes at least: 1.5 KB wait
        await AppendAsync("mobile", 2);  // a stream that the first landing did not know: it alone would wait for the interval
        await AppendAsync("web", 250);   // and now more than 100 KB
        await LandedAsync(256);
        workspace.Lake.ReadSnapshot().LedgerVersion.ShouldBeLessThanOrEqualTo(version + 2); // 100 KB, and the rest
        landing.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(landing);

        async Task AppendAsync(string source, int count) => await journal.AppendAsync(
            source, Dialects.Weir, "{}"u8.ToArray(), [.. Enumerable.Range(0, count).Select(n => (ReadOnlyMemory<byte>)"""{"event":"Page Viewed","user_id":"u-1"}"""u8.ToArray())], CancellationToken.None);

        async Task LandedAsync(long events)
        {
            while (workspace.Lake.Positions.Values.Sum() < events)
            {
                if (landing.IsCompleted) await landing;
                await Task.Delay(20, stop.Token);
            }
        }
    }
}
