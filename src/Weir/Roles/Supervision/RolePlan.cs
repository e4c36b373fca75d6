using Weir.Configuration;

namespace Weir.Roles.Supervision;

/// <summary>A role as the supervisor starts it.</summary>
/// <param name="Name">Its name, which is that of its lease too.</param>
/// <param name="Arguments">What it is told beyond project, data and environment.</param>
/// <param name="Memory">The resident memory it may take, in bytes.</param>
/// <param name="HeapPart">The part of it that .NET's heap may take; the rest is DuckDB's, which .NET does not see.</param>
internal sealed record RolePlan(string Name, IReadOnlyList<string> Arguments, long Memory, double HeapPart)
{
    /// <summary>Whether its first minute counts more than its later ones.</summary>
    public bool StartsFast { get; init; }

    /// <summary>The three roles, in the order in which they start.</summary>
    public static IReadOnlyList<RolePlan> All(RoleSettings settings, int studioPort, int collectPort) =>
    [
        new("collect", ["--collect-port", $"{collectPort}"], settings.CollectMemory, 0.8) { StartsFast = true },
        new("serve", ["--port", $"{studioPort}", "--collect-port", $"{collectPort}"], settings.ServeMemory, 0.2),
        new("land", [], settings.LandMemory, 0.5),
    ];
}
