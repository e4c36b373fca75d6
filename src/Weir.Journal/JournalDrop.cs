using System.Security.Cryptography;
using Weir.Events;
using Weir.Journal.Format;
using Weir.Journal.Proving;
using Weir.Journal.Reading;

namespace Weir.Journal;

/// <summary>Gives up a damaged part of a journal's stream, by a person's decision: readers pass over it from then on, and landing decides it as dropped.</summary>
public static class JournalDrop
{
    /// <summary>Looks at a range without changing anything.</summary>
    /// <param name="stream">A stream of <see cref="JournalReader"/>.</param>
    /// <param name="from">The first ordinal.</param>
    /// <param name="to">The ordinal after the last.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="WeirException">WEIR2020: it is not exactly a damaged part. WEIR2021: it was given up already. WEIR2022: no stream of the journal.</exception>
    public static async Task<DropPlan> PlanAsync(IEventStream stream, long from, long to, CancellationToken cancellationToken)
    {
        if (stream is not JournalStream journal) throw JournalErrors.NotAJournal(stream.Id, stream.Source);
        var head = journal.ReadHead();
        var known = DroppedRanges.Read(journal.Location);
        if (known.Any(d => d.From == from && d.To == to)) throw JournalErrors.DroppedAlready(journal.Id, from, to);
        if (from < 0 || to <= from || to > head) throw JournalErrors.NotDamaged(journal.Source, journal.Id, from, to, $"it holds ordinals 0 to {head - 1}");
        var removed = RemovedRanges.Read(journal.Location).Select(r => new RemovedSegment(r.Hour, r.First, r.Count, r.Hash)).ToList();
        var proof = new JournalProof(journal, new(from, head, () => removed, [], []), null) { StopAfter = to };
        await proof.RunAsync(cancellationToken);
        var damage = proof.Damage.Where(d => known.Covering(d.Gap.FromOrdinal, d.Gap.ToOrdinal) is null).ToList();
        if (damage.Find(d => d.Gap.FromOrdinal == from && d.Gap.ToOrdinal == to) is not { } part)
            throw JournalErrors.NotDamaged(journal.Source, journal.Id, from, to, damage.Count == 0
                ? "all of it can be read"
                : $"what cannot be read there is {string.Join(", ", damage.Select(d => $"{d.Gap.FromOrdinal} to {d.Gap.ToOrdinal - 1}"))}");
        var hour = part.Hour ?? (part.After is { } after ? Micros.Hour(after.ReceivedMicros) : DateTime.UnixEpoch);
        return new DropPlan(journal, from, to, part.File, part.Gap.FromByte, part.Gap.ToByte, hour, Text(part.Before), Text(part.After));
    }

    /// <summary>Makes it so, durably: beside a running collector and lander, too.</summary>
    /// <param name="plan">Of <see cref="PlanAsync"/>.</param>
    /// <param name="by">Who decided it.</param>
    /// <param name="at">When.</param>
    /// <exception cref="IOException">Another process is dropping a range, or the disk failed: nothing was changed.</exception>
    public static void Drop(DropPlan plan, string by, DateTimeOffset at)
    {
        var stream = ((JournalStream)plan.Stream).Location;
        stream.Disk.CreateFolder(Path.GetDirectoryName(Layout.DropLock(stream.Data))!);
        using var held = new FileStream(Layout.DropLock(stream.Data), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        DroppedRanges.Add(stream, new(plan.Hour, plan.From, plan.To, plan.File, plan.FromByte, plan.ToByte, Hash(stream, plan), at, by));
    }

    private static string? Hash(StreamLocation stream, DropPlan plan)
    {
        if (!stream.Disk.Exists(plan.File)) return null;
        using var file = stream.Disk.OpenRead(plan.File);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        for (var offset = plan.FromByte; offset < plan.ToByte;)
        {
            var read = RandomAccess.Read(file.SafeFileHandle, buffer.AsSpan(0, (int)Math.Min(buffer.Length, plan.ToByte - offset)), offset);
            if (read == 0) break;
            hash.AppendData(buffer, 0, read);
            offset += read;
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string? Text(FrameHeader? frame) => frame is { } f
        ? $"events {f.FirstOrdinal} to {f.NextOrdinal - 1}, received at {Micros.ToDateTime(f.ReceivedMicros):yyyy-MM-dd HH:mm:ss.ffffff} UTC"
        : null;
}

/// <summary>What giving up a damaged part of a stream means.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="From">The first ordinal that is lost.</param>
/// <param name="To">The ordinal after the last.</param>
/// <param name="File">The file they lay in.</param>
/// <param name="FromByte">The damaged part's first byte.</param>
/// <param name="ToByte">The byte after it; equal to <paramref name="FromByte"/> where the file is gone.</param>
/// <param name="Hour">The receive hour under which they are accounted.</param>
/// <param name="Before">The last whole frame before it, in words; null if there is none to be read.</param>
/// <param name="After">The first whole frame after it.</param>
public sealed record DropPlan(
    IEventStream Stream, long From, long To, string File, long FromByte, long ToByte, DateTime Hour, string? Before, string? After);
