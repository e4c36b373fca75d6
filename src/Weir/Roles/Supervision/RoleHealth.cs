using System.Diagnostics;
using Weir.Leases;

namespace Weir.Roles.Supervision;

/// <summary>How a role is now, in a line for people.</summary>
internal static class RoleHealth
{
    /// <exception cref="WeirException">WEIR1022: it does not run.</exception>
    public static string Describe(RoleStatus role, Workspace workspace)
    {
        var lease = LeaseState.Read(workspace.Settings.DataFolder, role.Name, workspace.Disk);
        var text = $"process {role.ProcessId} since {role.Since:yyyy-MM-dd HH:mm:ss'Z'}, {role.Restarts:N0} restart{(role.Restarts == 1 ? "" : "s")}, "
            + $"{Memory(role.ProcessId) / 1_000_000:N0} of {role.MemoryLimit / 1_000_000:N0} MB, lease number {(lease is { IsReleased: false } ? lease.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) : "none")}";
        return role.State == "running" ? text : throw new WeirException("WEIR1022", $"it is {role.State} ({text}). 'weir up' starts it again by itself; look at its output for the reason.");
    }

    private static long Memory(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.WorkingSet64;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return 0;
        }
    }
}
