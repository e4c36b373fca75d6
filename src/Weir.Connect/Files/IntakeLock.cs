using Weir.Storage;

namespace Weir.Connect.Files;

/// <summary>Lets one process at a time take files into a data folder: <c>run/intake.lock</c>.</summary>
internal sealed class IntakeLock(IDisk disk, string runFolder, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for its turn; disposing ends it.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        disk.CreateFolder(runFolder);
        var path = Path.Combine(runFolder, "intake.lock");
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < Patience && File.Exists(path))
            {
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException) when (File.Exists(path))
            {
                throw ConnectErrors.Busy(path, Patience);
            }
        }
    }
}
