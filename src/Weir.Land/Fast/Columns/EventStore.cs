using System.Globalization;
using Weir.Lake;
using Weir.Land.Dedupe;

namespace Weir.Land.Fast.Columns;

/// <summary>The events of a round that land, by the partition in which they do. The rows stay where they were read; only their places are kept. For one thread.</summary>
internal sealed class EventStore : IDisposable
{
    private const int RowBits = 11; // of a block's capacity

    private readonly List<EventBlock> blocks = [];
    private readonly Dictionary<(string Source, int Hour), List<uint>> partitions = [];
    private readonly EventBlocks pool;
    private (string Source, int Hour) lastKey;
    private List<uint>? last;

    public EventStore(EventBlocks pool) => this.pool = pool;

    /// <summary>Takes a row. Its block belongs to the store from then on.</summary>
    public void Add(EventBlock block, int row, string source)
    {
        if (block.Place < 0)
        {
            block.Place = blocks.Count;
            blocks.Add(block);
        }
        var hour = Buckets.OfClientHour(block.Number(EventNumber.EventTime, row));
        if (last is null || hour != lastKey.Hour || !ReferenceEquals(source, lastKey.Source))
        {
            lastKey = (source, hour);
            if (!partitions.TryGetValue(lastKey, out last)) partitions.Add(lastKey, last = []);
        }
        last.Add((uint)block.Place << RowBits | (uint)row);
    }

    /// <summary>The rows by partition, cut so that so many threads have something to do.</summary>
    public IReadOnlyList<IPartitionRows> Parts(int threads)
    {
        var total = partitions.Values.Sum(p => p.Count);
        var share = Math.Max(LeastPart, (total + threads - 1) / threads);
        var parts = new List<IPartitionRows>();
        foreach (var ((source, hour), places) in partitions)
        {
            var count = (places.Count + share - 1) / share;
            for (var i = 0; i < count; i++)
            {
                var (from, to) = ((int)((long)places.Count * i / count), (int)((long)places.Count * (i + 1) / count));
                parts.Add(new EventPart(blocks, places, from, to, PartitionOf(source, hour)));
            }
        }
        return parts;
    }

    /// <summary>Gives the blocks back.</summary>
    public void Clear()
    {
        foreach (var block in blocks) pool.Return(block);
        blocks.Clear();
        partitions.Clear();
        last = null;
    }

    public void Dispose() => Clear();

    /// <summary>Fewer rows are not worth a file of their own.</summary>
    private const int LeastPart = 4096;

    public static (EventBlock Block, int Row) Find(List<EventBlock> blocks, uint place) => (blocks[(int)(place >> RowBits)], (int)(place & (EventBlock.Capacity - 1)));

    private static Dictionary<string, string?> PartitionOf(string source, int hour)
    {
        var time = DateTime.UnixEpoch.AddHours(hour);
        return new(StringComparer.Ordinal)
        {
            ["date"] = time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["hour"] = time.Hour.ToString(CultureInfo.InvariantCulture), ["source"] = source,
        };
    }
}
