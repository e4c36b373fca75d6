namespace Weir.Roles.Supervision;

/// <summary>How a role is.</summary>
/// <param name="Name">Collect, land or serve.</param>
/// <param name="ProcessId">Its process now.</param>
/// <param name="Since">When that was started.</param>
/// <param name="Restarts">How often it was started again.</param>
/// <param name="State">Starting, running or stopped.</param>
/// <param name="MemoryLimit">The resident memory it may take, in bytes.</param>
internal sealed record RoleStatus(string Name, int ProcessId, DateTimeOffset Since, int Restarts, string State, long MemoryLimit);
