namespace Weir.Tests.Proof.Soak;

/// <summary>Roles die and hang under traffic, and nothing is lost or doubled.</summary>
public class SoakTests
{
    /// <summary>The short form, among the tests: enough for a few faults.</summary>
    [Fact]
    public async Task Events_survive_roles_that_are_killed_and_paused() => await RunAsync(new SoakPlan
    {
        Seed = Random.Shared.Next(1, 1_000_000), Length = TimeSpan.FromSeconds(50), Rate = 300, FaultEvery = TimeSpan.FromSeconds(7),
        SampleEvery = TimeSpan.FromSeconds(2), CommandEvery = TimeSpan.FromSeconds(4),
    });

    /// <summary>The long form, by <c>eng/long/soak</c>.</summary>
    [Fact]
    public async Task Long()
    {
        if (SoakPlan.FromEnvironment() is not { } plan)
        {
            Assert.Skip("Run eng/long/soak.");
            return;
        }
        await RunAsync(plan, Environment.GetEnvironmentVariable("WEIR_SOAK_RESULT"));
    }

    private static async Task RunAsync(SoakPlan plan, string? result = null)
    {
        Console.Error.WriteLine($"seed {plan.Seed}");
        using var run = new SoakRun(plan);
        await run.RunAsync();
        if (result is not null) await File.WriteAllTextAsync(result, run.Figures);
        run.Wrong.ShouldBeEmpty(run.Figures);
    }
}
