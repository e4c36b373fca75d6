using Weir.Storage;

namespace Weir.Land.Rounds;

/// <summary>One lander per data folder: a file that its process holds locked; the system lets go of it when the process ends, however that is.</summary>
internal sealed class LandLock : IDisposable
{
    private readonly FileStream held;

    private LandLock(FileStream held) => this.held = held;

    public static LandLock Take(string dataFolder, IDisk disk)
    {
        var folder = Path.Combine(dataFolder, "run");
        var path = Path.Combine(folder, "land.lock");
        disk.CreateFolder(folder);
        try
        {
            return new LandLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WeirException(LandErrors.Locked,
                $"Cannot land into '{dataFolder}': '{path}' is locked by another process that lands ({e.Message}). One process lands into a data folder; wait for it or stop it.", e);
        }
    }

    public void Dispose() => held.Dispose();
}
