using System.Text.Json;
using Weir.Leases;

namespace Weir.Roles.Ownership;

/// <summary><c>run/owner.json</c>: who has the warehouse, and how to ask it. Whoever can read it may ask: it is its user's alone.</summary>
/// <param name="ProcessId">The owner.</param>
/// <param name="ProcessStart">See <see cref="ProcessIdentity"/>.</param>
/// <param name="Version">The owner's version: another one is not asked.</param>
/// <param name="Address">Its private endpoint, on loopback.</param>
/// <param name="Token">What it wants to be shown.</param>
internal sealed record OwnerFile(int ProcessId, long ProcessStart, string Version, Uri Address, string Token)
{
    /// <summary>This program's version, with its commit where the build knows it.</summary>
    public static string ThisVersion { get; } = System.Diagnostics.FileVersionInfo.GetVersionInfo(typeof(OwnerFile).Assembly.Location).ProductVersion ?? "unknown";

    private static string PathIn(string dataFolder) => Path.Combine(dataFolder, "run", "owner.json");

    /// <summary>The owner of a data folder's warehouse; null if none runs, or it is this process.</summary>
    public static OwnerFile? Read(string dataFolder)
    {
        try
        {
            var owner = JsonSerializer.Deserialize<OwnerFile>(File.ReadAllBytes(PathIn(dataFolder)));
            return owner is not null && ProcessIdentity.StartOf(owner.ProcessId) == owner.ProcessStart && owner.ProcessId != Environment.ProcessId ? owner : null;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes it whole, readable by its user only from the first byte.</summary>
    public void Write(string dataFolder)
    {
        var path = PathIn(dataFolder);
        var temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var file = new FileStream(temporary, options)) JsonSerializer.Serialize(file, this);
        File.Move(temporary, path, overwrite: true);
    }

    public static void Delete(string dataFolder) => File.Delete(PathIn(dataFolder));
}
