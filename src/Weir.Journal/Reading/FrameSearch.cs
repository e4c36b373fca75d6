using Weir.Journal.Recovery;

namespace Weir.Journal.Reading;

/// <summary>Looks for the next whole frame behind a damaged place, to say exactly what is lost.</summary>
internal static class FrameSearch
{
    /// <param name="file">The segment.</param>
    /// <param name="offset">Where a frame should begin.</param>
    /// <param name="ordinal">Its first ordinal.</param>
    /// <param name="end">Where the segment's events end.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async ValueTask<Gap> DamageAsync(SegmentFile file, long offset, long ordinal, long end, CancellationToken cancellationToken)
    {
        var search = offset;
        while (await file.FindFrameAsync(search, cancellationToken) is { } found && found.Header.FirstOrdinal < end)
        {
            if (found.Header.FirstOrdinal > ordinal || (found.Header.FirstOrdinal == ordinal && found.Offset > offset))
                return new(offset, found.Offset, ordinal, found.Header.FirstOrdinal);
            search = found.Offset + 1;
        }
        return new(offset, file.Length, ordinal, end);
    }
}
