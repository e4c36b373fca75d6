using Weir.Commands;
using Weir.Events;
using Weir.Land;
using Weir.Land.Retaining;
using Weir.Output;

namespace Weir.Roles;

/// <summary>Removes what was kept long enough: once an hour, between two landings, and a second at a time, for landing comes first.</summary>
/// <param name="workspace">Whose.</param>
internal sealed class RetentionTurns(Workspace workspace)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1), Turn = TimeSpan.FromSeconds(1);
    private DateTimeOffset next = DateTimeOffset.MinValue;

    /// <exception cref="WeirException">A stream, or the lake, cannot be read; everything else was done. The next turn is in an hour.</exception>
    public async Task TakeAsync(Lander lander, IReadOnlyList<IEventStream> streams, CancellationToken cancellationToken)
    {
        if (workspace.Time.GetUtcNow() < next) return;
        next = workspace.Time.GetUtcNow() + Every;
        var begun = workspace.Time.GetTimestamp();
        using var retainer = Retainer.Beside(lander, workspace.Retention);
        var done = new List<RetentionWork>();
        try
        {
            await foreach (var work in retainer.RunAsync(streams, cancellationToken))
            {
                done.Add(work);
                if (workspace.Time.GetElapsedTime(begun) < Turn) continue;
                next = workspace.Time.GetUtcNow(); // there is more: after the next landing
                break;
            }
        }
        finally
        {
            foreach (var sum in RetentionWork.Sum(done))
                People.Say($"  {(sum.Kind == RetentionKind.Tiers ? "Into another storage class" : "Kept long enough")}: {RetentionCommand.Name(sum.Kind)} of {sum.Source}, {sum.Files:N0} files from {sum.From:yyyy-MM-dd HH:mm} to {sum.To:yyyy-MM-dd HH:mm} UTC");
        }
    }
}
