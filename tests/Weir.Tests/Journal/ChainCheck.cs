using System.Buffers.Binary;
using System.Security.Cryptography;
using Weir.Journal;
using Weir.Journal.Format;
using Weir.Journal.Reading;

namespace Weir.Tests.Journal;

/// <summary>Computes the chain of hashes anew, from the layout's description, and compares it with headers and footers.</summary>
internal static class ChainCheck
{
    /// <summary>What does not hold; null if the chain is whole.</summary>
    public static string? Find(JournalBench bench)
    {
        var location = StreamLocation.TryOpen(bench.Data, "web", bench.Disk, bench.Keys)!;
        var removed = RemovedRanges.Read(location);
        var hash = removed.Count == 0 ? new byte[32] : Convert.FromHexString(removed[^1].Hash);
        var segments = SegmentCatalog.List(location, removed);
        for (var i = 0; i < segments.Count; i++)
        {
            using var file = SegmentFile.OpenAsync(location, segments[i], default).AsTask().GetAwaiter().GetResult();
            if (!file.Header!.PreviousHash.AsSpan().SequenceEqual(hash)) return $"segment {segments[i].First} does not go on from the one before";
            var end = i + 1 < segments.Count ? segments[i + 1].First : long.MaxValue;
            long offset = file.Header.Length, ordinal = segments[i].First;
            while (ordinal < end && file.ReadFrameAsync(offset, default).AsTask().GetAwaiter().GetResult() is { } frame)
            {
                var hour = file.Header.Hour;
                var received = DateTime.UnixEpoch.AddTicks(frame.Header.ReceivedMicros * 10);
                if (received < hour || received >= hour.AddHours(1)) return $"frame {ordinal} was received at {received:o}, its segment is of {hour:o}";
                var input = new byte[84];
                hash.CopyTo(input, 0);
                BinaryPrimitives.WriteInt64LittleEndian(input.AsSpan(32), frame.Header.FirstOrdinal);
                BinaryPrimitives.WriteInt32LittleEndian(input.AsSpan(40), frame.Header.Count);
                BinaryPrimitives.WriteInt64LittleEndian(input.AsSpan(44), frame.Header.ReceivedMicros);
                SHA256.HashData(frame.Body.Span).CopyTo(input, 52);
                hash = SHA256.HashData(input);
                (offset, ordinal) = (frame.End, frame.Header.NextOrdinal);
            }
            if (file.ReadFooter() is { } footer && !footer.Hash.AsSpan().SequenceEqual(hash)) return $"the footer of segment {segments[i].First} has another hash";
        }
        return null;
    }
}
