using Weir.Configuration;

namespace Weir.Roles.Supervision;

/// <summary>A role as the supervisor starts it.</summary>
/// <param name="Name">Its name, which is that of its lease too.</param>
/// <param name="Arguments">What it is told beyond project, data and environment.</param>
/// <param name="Memory">The resident memory it may take, in bytes.</param>
/// <param name="HeapPart">The part of it that .NET's heap may take; the rest is DuckDB's, which .NET does not see.</param>
internal sealed record RolePlan(string Name, IReadOnlyList<string> Arguments, long Memory, double HeapPart)
{
    /// <summary>Collect answers thousands of small requests a second, and clients wait for one that was just started (bench/collect has the figures).</summary>
    private static readonly Dictionary<string, string> Collecting = new()
    {
        // To be measured while it runs makes code a little faster after minutes, and twice as slow before.
        ["DOTNET_TieredPGO"] = "0",
        // Threads that find nothing to do sleep at once: spinning takes the processor from those that sync and from other programs.
        ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0",
    };

    /// <summary>The roles there are.</summary>
    public static IReadOnlyList<string> Names { get; } = ["collect", "land", "serve"];

    /// <summary>Variables for .NET's runtime.</summary>
    public IReadOnlyDictionary<string, string> Runtime { get; init; } = new Dictionary<string, string>();

    /// <summary>The three roles, in the order in which they start.</summary>
    public static IReadOnlyList<RolePlan> All(RoleSettings settings, int studioPort, int collectPort, int? landPort = null) =>
    [
        new("collect", ["--collect-port", $"{collectPort}"], settings.CollectMemory, 0.8) { Runtime = Collecting },
        new("serve", ["--port", $"{studioPort}", "--collect-port", $"{collectPort}"], settings.ServeMemory, 0.2),
        new("land", landPort is { } port ? ["--land-port", $"{port}"] : [], settings.LandMemory, 0.5),
    ];
}
