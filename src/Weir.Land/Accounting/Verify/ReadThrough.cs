using Weir.Events;
using Weir.Land.Rounds;

namespace Weir.Land.Accounting.Verify;

/// <summary>The proof of a stream that has no checksums of its own to show: it is read as landing reads it.</summary>
internal static class ReadThrough
{
    public static async Task<StreamProof> ProveAsync(IEventStream stream, ProofClaim claim, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var (received, at) = (new List<ReceivedHour>(), claim.From);
        if (claim.To <= claim.From) return new([], []);
        try
        {
            await foreach (var frame in stream.ReadAsync(claim.From, cancellationToken))
            {
                if (at >= claim.To || frame.FirstOrdinal != at) break;
                var utc = frame.ReceivedAt.UtcDateTime;
                received.Add(new(utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerHour)), at, frame.Events.Count));
                progress?.Report(frame.Events.Count);
                at = frame.NextOrdinal;
            }
        }
        catch (Exception e) when (LandErrors.IsOfFiles(e))
        {
            return new(received, [new(at, claim.To, stream.Id, $"cannot be read: {e.Message}", "Follow what the message says")]);
        }
        return new(received, at >= claim.To ? [] : [new(at, claim.To, stream.Id, $"ends at {at}, before what was received", "Restore it from a copy")]);
    }
}
