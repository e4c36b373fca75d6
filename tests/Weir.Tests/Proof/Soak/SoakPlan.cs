using System.Globalization;

namespace Weir.Tests.Proof.Soak;

/// <summary>What one soak does. All that is random comes of the seed.</summary>
internal sealed record SoakPlan
{
    public required int Seed { get; init; }

    /// <summary>How long events are sent.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Events a second.</summary>
    public int Rate { get; init; } = 2_000;

    /// <summary>From one fault to the next.</summary>
    public TimeSpan FaultEvery { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a role is paused: longer than a lease holds.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(13);

    /// <summary>From one sample of memory and files to the next.</summary>
    public TimeSpan SampleEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From one command beside to the next.</summary>
    public TimeSpan CommandEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long after a fault its role may still be coming back.</summary>
    public TimeSpan Recovery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether memory that grows and files that pile up fail it: only a long run can tell.</summary>
    public bool JudgesGrowth => Length >= TimeSpan.FromMinutes(10);

    /// <summary>The long run's plan, from <c>WEIR_SOAK_*</c>; null if none is asked for.</summary>
    public static SoakPlan? FromEnvironment()
    {
        if (Setting("SECONDS") is not { } seconds) return null;
        return new SoakPlan
        {
            Seed = Setting("SEED") is { } seed ? (int)seed : Random.Shared.Next(1, 1_000_000),
            Length = TimeSpan.FromSeconds(seconds),
            Rate = (int)(Setting("RATE") ?? 2_000),
            FaultEvery = TimeSpan.FromSeconds(Setting("FAULT_EVERY") ?? 20),
        };
    }

    private static double? Setting(string name) =>
        Environment.GetEnvironmentVariable($"WEIR_SOAK_{name}") is { Length: > 0 } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;
}
