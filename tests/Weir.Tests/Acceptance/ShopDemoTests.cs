namespace Weir.Tests.Acceptance;

/// <summary>The README's first command.</summary>
public class ShopDemoTests
{
    [Fact]
    public async Task The_demo_lives_adds_up_finds_its_story_and_resumes()
    {
        using var data = new TemporaryProject();
        string[] demo = ["demo", "--once", "--data", data["data"]];
        var first = (await WeirProcess.RunAsync([.. demo, "--format", "csv"])).ShouldSucceed();
        var received = Received(first.Output);
        received.Keys.ShouldBe(["crm", "erp", "mobile", "operations", "orders", "support", "web"]);
        (received["web"] + received["mobile"]).ShouldBeGreaterThan(200_000);
        first.Error.ShouldContain("Adds up");

        var changed = (await WeirProcess.RunAsync(["query", "select subject, direction from what_changed order by abs(score) desc limit 1", "--format", "csv", .. At(data)])).ShouldSucceed();
        changed.Output.ShouldContain("mobile checkouts,down");

        var proven = (await WeirProcess.RunAsync(["account", "--verify", "--format", "csv", .. At(data)])).ShouldSucceed();
        Received(proven.Output).Keys.ShouldBe(received.Keys);
        proven.Error.ShouldContain($"Proven: each of {received.Values.Sum():N0} events");

        // A second run goes on: little is new, nothing is doubled.
        var second = (await WeirProcess.RunAsync([.. demo, "--format", "csv"])).ShouldSucceed();
        foreach (var (source, count) in Received(second.Output)) (count - received[source]).ShouldBeInRange(0, 5_000);
        second.Error.ShouldContain("Adds up");

        // Another data folder is not deleted by --fresh.
        data.With("precious/file.txt", "precious");
        (await WeirProcess.RunAsync("demo", "--once", "--fresh", "--data", data["precious"])).ShouldSatisfyAllConditions(
            r => r.ExitCode.ShouldBe(2), r => r.Error.ShouldContain("WEIR1014"), _ => File.Exists(data["precious/file.txt"]).ShouldBeTrue());
    }

    [Fact]
    public async Task Stopped_half_way_it_ends_with_exit_code_130_and_the_next_run_finishes()
    {
        using var data = new TemporaryProject();
        string[] demo = ["demo", "--once", "--data", data["data"]];
        using (var first = WeirProcess.Start(null, demo))
        {
            while (!File.Exists(data["data/demo.json"]) && !first.HasExited) await Task.Delay(50);
            await Task.Delay(1_500);
            first.Terminate();
            (await first.WaitAsync(TimeSpan.FromSeconds(30))).ExitCode.ShouldBe(130);
        }
        (await WeirProcess.RunAsync(demo)).ShouldSucceed().Error.ShouldContain("Adds up");
    }

    private static string[] At(TemporaryProject data) => ["--project", Path.Combine(Repository.Root, "samples", "shop"), "--data", data["data"]];

    private static Dictionary<string, long> Received(string csv) =>
        csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Trim().Split(',')).ToDictionary(c => c[0], c => long.Parse(c[1]));
}
