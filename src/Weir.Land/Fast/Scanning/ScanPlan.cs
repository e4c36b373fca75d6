using System.Numerics;
using System.Text;
using Weir.Identifiers;

namespace Weir.Land.Fast.Scanning;

/// <summary>Which members of an object are wanted, and where each goes. Made once, read by many threads.</summary>
internal sealed class ScanPlan
{
    private readonly Entry?[] table;

    /// <summary>Nothing is wanted.</summary>
    public static ScanPlan Nothing { get; } = new([]);

    /// <param name="members">A member's name; the slot its value goes to, or -1; what is wanted inside it, if it is an object.</param>
    /// <param name="isClosed">Whether an object with other members is left to the plain reader.</param>
    public ScanPlan(IReadOnlyList<(string Name, int Slot, ScanPlan? Inside)> members, bool isClosed = false)
    {
        IsClosed = isClosed;
        table = new Entry?[BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, members.Count * 4))];
        foreach (var (name, slot, inside) in members)
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            var at = TextHash.Of(bytes) & (uint)(table.Length - 1);
            while (table[at] is not null) at = (at + 1) & (uint)(table.Length - 1);
            table[at] = new Entry(bytes, slot, inside);
        }
    }

    public bool IsClosed { get; }

    /// <summary>Null: nobody wants it.</summary>
    public Entry? Find(ReadOnlySpan<byte> name, uint hash)
    {
        for (var at = hash & (uint)(table.Length - 1); table[at] is { } entry; at = (at + 1) & (uint)(table.Length - 1))
            if (name.SequenceEqual(entry.Name)) return entry;
        return null;
    }

    internal sealed record Entry(byte[] Name, int Slot, ScanPlan? Inside);
}
