using System.Collections.Concurrent;

namespace Weir.Land.Fast.Columns;

/// <summary>Blocks that are not in use. For any thread.</summary>
internal sealed class EventBlocks : IDisposable
{
    private readonly ConcurrentBag<EventBlock> free = [];

    public EventBlock Rent() => free.TryTake(out var block) ? block : new EventBlock();

    public void Return(EventBlock block) => free.Add(block);

    public void Dispose()
    {
        while (free.TryTake(out var block)) block.Dispose();
    }
}
