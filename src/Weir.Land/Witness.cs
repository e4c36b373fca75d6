using Weir.Events;
using Weir.Land.Accounting.Verify;
using Weir.Land.Rounds;
using Weir.Storage;

namespace Weir.Land;

/// <summary>
/// Keeps the acknowledged head of each stream outside the journal, in <c>_witness/</c> in the lake's folder: a journal that lost its end, head and all,
/// cannot hide it. A witness never goes back. Safe beside other processes that do the same.
/// </summary>
/// <param name="lakeFolder">The lake's folder.</param>
/// <param name="disk">The file system.</param>
/// <param name="time">The clock.</param>
public sealed class Witness(string lakeFolder, IDisk disk, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private readonly WitnessFiles files = new(lakeFolder, disk);
    private DateTimeOffset? last;

    /// <summary>Does so if a minute has passed since the last time, and else nothing: cheap to call each round.</summary>
    public void WriteIfDue(IReadOnlyList<IEventStream> streams)
    {
        if (last is { } before && time.GetUtcNow() - before < Interval) return;
        Write(streams);
    }

    /// <summary>
    /// Writes where each stream's head is now, durably; a stream that cannot be read keeps the witness it has. Beside another process that does so, nothing is
    /// done. A disk that refuses fails nobody: the witness only bounds what can be proven, and is written next time.
    /// </summary>
    public void Write(IReadOnlyList<IEventStream> streams)
    {
        last = time.GetUtcNow();
        try
        {
            WriteHeads(streams, last.Value);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What keeps the disk from it stops landing too, with its own message.
        }
    }

    private void WriteHeads(IReadOnlyList<IEventStream> streams, DateTimeOffset now)
    {
        using var held = files.TryLock();
        if (held is null) return;
        var damaged = new HashSet<string>(StringComparer.Ordinal); // what it witnessed is not known, so it is not overwritten
        var known = files.ReadAll((path, _) => damaged.Add(path)).ToDictionary(w => w.Stream, StringComparer.Ordinal);
        var moved = new List<WitnessedHead>();
        foreach (var stream in streams)
        {
            if (damaged.Contains(files.PathOf(stream.Id))) continue;
            var before = known.GetValueOrDefault(stream.Id);
            if (Look(stream, before, now) is { } seen) moved.Add(seen);
        }
        files.Write(moved);
    }

    /// <summary>Null: it is where it was, or cannot be read.</summary>
    private static WitnessedHead? Look(IEventStream stream, WitnessedHead? before, DateTimeOffset now)
    {
        try
        {
            var head = stream.ReadHead();
            return head <= (before?.Head ?? 0) ? null : new(stream.Id, stream.Source, head, now, (stream as IProvableStream)?.ReadMark() ?? before?.Mark);
        }
        catch (Exception e) when (LandErrors.IsOfFiles(e))
        {
            return null; // whoever lands it tells
        }
    }
}
