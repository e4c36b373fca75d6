namespace Weir.Journal.Reading;

/// <summary>Remembers where some frames of a segment begin, one a megabyte, so that reading on does not scan from the segment's beginning.</summary>
internal sealed class FrameIndex
{
    private const long Spacing = 1 << 20;
    private readonly SortedList<long, long> offsets = []; // first ordinal → offset

    public void Note(long ordinal, long offset)
    {
        lock (offsets)
            if (offsets.Count == 0 || offset >= offsets.GetValueAtIndex(offsets.Count - 1) + Spacing) offsets[ordinal] = offset;
    }

    /// <summary>The last known frame that begins at or before an ordinal; null if none is known.</summary>
    public (long Ordinal, long Offset)? Before(long ordinal)
    {
        lock (offsets)
        {
            var (low, high) = (0, offsets.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (offsets.GetKeyAtIndex(middle) <= ordinal) low = middle + 1;
                else high = middle;
            }
            return low == 0 ? null : (offsets.GetKeyAtIndex(low - 1), offsets.GetValueAtIndex(low - 1));
        }
    }
}
