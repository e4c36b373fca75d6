using Weir.Configuration;

namespace Weir.Roles.Ownership;

/// <summary>A command that runs in the owner, for a caller in another process.</summary>
/// <param name="Settings">The caller's project, read by the owner.</param>
/// <param name="Warehouse">The owner's warehouse.</param>
internal sealed record OwnerSession(ProjectSettings Settings, OwnedWarehouse Warehouse)
{
    private static readonly AsyncLocal<OwnerSession?> Local = new();

    /// <summary>The session that this flow of control belongs to; null in a process that runs its own command.</summary>
    public static OwnerSession? Current
    {
        get => Local.Value;
        set => Local.Value = value;
    }
}
