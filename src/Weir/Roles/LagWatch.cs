using Weir.Events;
using Weir.Land;

namespace Weir.Roles;

/// <summary>Says it in the log when landing is over a minute behind, and again when it is by something else.</summary>
internal sealed class LagWatch : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource stop = new();
    private readonly Task watching;

    /// <param name="workspace">Whose.</param>
    /// <param name="streams">What is landed here.</param>
    /// <param name="say">Is told who is late; null: nobody is.</param>
    public LagWatch(Workspace workspace, Func<IReadOnlyList<IEventStream>> streams, Action<string?> say) => watching = Task.Run(async () =>
    {
        var reader = new LagReader(workspace.Lake, workspace.Time);
        while (true)
        {
            await Task.Delay(Every, workspace.Time, stop.Token);
            try
            {
                var late = (await reader.ReadAsync(() => [.. streams().Where(s => !s.Id.StartsWith("file/", StringComparison.Ordinal))], stop.Token)).Where(l => l.IsLate).ToList();
                // Told once for as long as it is the same sources: the figures are in weir lag.
                say(late.Count == 0 ? null : $"Landing is over one minute behind: {string.Join(", ", late.Select(l => l.Source).Distinct())}. What waits is safe; weir lag says how much it is");
            }
            catch (Exception error) when (Failures.IsSurvived(error))
            {
                // Who lands tells what is wrong.
            }
        }
    });

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await watching.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        stop.Dispose();
    }
}
