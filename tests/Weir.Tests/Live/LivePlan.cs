using System.Globalization;

namespace Weir.Tests.Live;

/// <summary>What one measurement of the tap does.</summary>
/// <param name="Length">How long events are sent.</param>
/// <param name="Rate">Events a second.</param>
/// <param name="Batch">Events of a request.</param>
internal sealed record LivePlan(TimeSpan Length, int Rate, int Batch)
{
    /// <summary>How long events are sent before that, until the processes have compiled what they run.</summary>
    public TimeSpan Warmup { get; init; }

    /// <summary>Only a long run can tell whether memory grows.</summary>
    public bool JudgesGrowth => Length >= TimeSpan.FromMinutes(10);

    /// <summary>The long run's plan, from <c>WEIR_LIVE_*</c>; null if none is asked for.</summary>
    public static LivePlan? FromEnvironment() => Setting("SECONDS") is { } seconds
        ? new LivePlan(TimeSpan.FromSeconds(seconds), (int)(Setting("RATE") ?? 10_000), (int)(Setting("BATCH") ?? 100)) { Warmup = TimeSpan.FromSeconds(Setting("WARMUP") ?? 30) } : null;

    private static double? Setting(string name) =>
        Environment.GetEnvironmentVariable($"WEIR_LIVE_{name}") is { Length: > 0 } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;
}
