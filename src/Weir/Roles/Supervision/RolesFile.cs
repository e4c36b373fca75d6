using System.Text.Json;
using Weir.Leases;
using Weir.Storage;

namespace Weir.Roles.Supervision;

/// <summary><c>run/roles.json</c>: what the supervisor knows of its roles, for <c>weir doctor</c> and health checks.</summary>
/// <param name="ProcessId">The supervisor.</param>
/// <param name="ProcessStart">See <see cref="ProcessIdentity"/>.</param>
/// <param name="Roles">Its roles.</param>
internal sealed record RolesFile(int ProcessId, long ProcessStart, IReadOnlyList<RoleStatus> Roles)
{
    private static string PathIn(string dataFolder) => Path.Combine(dataFolder, "run", "roles.json");

    /// <summary>Null if no supervisor runs.</summary>
    public static RolesFile? Read(string dataFolder, IDisk disk)
    {
        try
        {
            using var file = disk.OpenRead(PathIn(dataFolder));
            var roles = JsonSerializer.Deserialize<RolesFile>(file);
            return roles is not null && ProcessIdentity.StartOf(roles.ProcessId) == roles.ProcessStart ? roles : null;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    public void Write(string dataFolder, IDisk disk)
    {
        disk.CreateFolder(Path.GetDirectoryName(PathIn(dataFolder))!);
        disk.WriteWhole(PathIn(dataFolder), JsonSerializer.SerializeToUtf8Bytes(this));
    }

    public static void Delete(string dataFolder, IDisk disk) => disk.Delete(PathIn(dataFolder));
}
