using System.Diagnostics.CodeAnalysis;

namespace Weir.Land.Dedupe;

/// <summary>Ids and their marks in one array, each at the place of its hash or behind it: one look at memory finds most. For one thread.</summary>
internal sealed class IdTable
{
    /// <summary>What an id costs at the most, when the array has just doubled.</summary>
    public const int BytesPerId = 112;

    private const int LeastSlots = 1024;
    private Slot[] slots = new Slot[LeastSlots];

    public int Count { get; private set; }

    /// <param name="key">An id.</param>
    /// <param name="hash">Its <see cref="DedupeKey.Hash"/>.</param>
    /// <param name="mark">What is remembered of it.</param>
    public bool TryFind(in DedupeKey key, ulong hash, [NotNullWhen(true)] out Mark mark)
    {
        ref var slot = ref Find(key, hash);
        mark = slot.Mark;
        return slot.IsTaken;
    }

    /// <summary>False if the id is there: then nothing changes.</summary>
    public bool TryAdd(in DedupeKey key, ulong hash, in Mark mark)
    {
        ref var slot = ref Find(key, hash);
        if (slot.IsTaken) return false;
        slot = new Slot(key, mark);
        if (++Count * 4L > slots.Length * 3L) Place(2 * slots.Length);
        return true;
    }

    /// <summary>Everything in it, in no order.</summary>
    public IEnumerable<DedupeEntry> Entries
    {
        get
        {
            foreach (var slot in slots)
                if (slot.IsTaken) yield return slot.Entry;
        }
    }

    public void Clear()
    {
        Array.Clear(slots);
        Count = 0;
    }

    /// <summary>Gives everything in it away, in order of keys, and is empty then; if that fails, all is as it was. It sorts where the ids lie, for there may be millions.</summary>
    /// <param name="write">Takes it.</param>
    public void Drain(Action<IEnumerable<DedupeEntry>> write)
    {
        var count = 0;
        foreach (var slot in slots)
            if (slot.IsTaken) slots[count++] = slot;
        Array.Clear(slots, count, slots.Length - count);
        slots.AsSpan(0, count).Sort(static (a, b) => a.Entry.Key.CompareTo(b.Entry.Key));
        try
        {
            write(slots.Take(count).Select(s => s.Entry));
        }
        catch
        {
            Place(slots.Length);
            throw;
        }
        (slots, Count) = (new Slot[LeastSlots], 0);
    }

    private ref Slot Find(in DedupeKey key, ulong hash)
    {
        var last = slots.Length - 1;
        var (high, low) = ((ulong)(key.Id >> 64), (ulong)key.Id);
        for (var at = (int)hash & last; ; at = (at + 1) & last)
        {
            ref var slot = ref slots[at];
            if (!slot.IsTaken || (slot.High == high && slot.Low == low && slot.Bucket == key.Bucket && slot.Source == key.Source)) return ref slot;
        }
    }

    /// <summary>Puts each where it belongs in an array of this length, a power of two.</summary>
    private void Place(int length)
    {
        var before = slots;
        slots = new Slot[length];
        foreach (var slot in before)
            if (slot.IsTaken) Find(slot.Entry.Key, slot.Entry.Key.Hash()) = slot;
    }

    /// <summary>40 bytes; all zero: free.</summary>
    private readonly struct Slot(in DedupeKey key, in Mark mark)
    {
        private readonly int number = key.Source + 1;

        public readonly int Bucket = key.Bucket;
        public readonly ulong High = (ulong)(key.Id >> 64), Low = (ulong)key.Id, Print = mark.Print;
        public readonly long ReceivedMicros = mark.ReceivedMicros;

        public bool IsTaken => number != 0;

        public int Source => number - 1;

        public Mark Mark => new(Print, ReceivedMicros);

        public DedupeEntry Entry => new(new DedupeKey(Source, Bucket, new UInt128(High, Low)), Mark);
    }
}
