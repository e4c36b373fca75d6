using Weir.Land.Fast.Columns;
using Weir.Land.Fast.Scanning;

namespace Weir.Land.Fast.Reading;

/// <summary>Makes a dialect's <see cref="ScanPlan"/>, and keeps which columns are texts just as sent.</summary>
internal sealed class FastPlan
{
    private readonly List<(int Slot, EventText Column)> texts = [];
    private readonly List<int> objects = [];

    /// <summary>How many slots the plan has so far.</summary>
    public int Slots { get; private set; }

    /// <summary>A member that is a text column.</summary>
    public (string, int, ScanPlan?) Text(string name, EventText column)
    {
        texts.Add((Slots, column));
        return (name, Slots++, null);
    }

    /// <summary>A member whose value is looked at.</summary>
    public (string, int, ScanPlan?) Slot(string name, out int slot)
    {
        slot = Slots++;
        return (name, slot, null);
    }

    /// <summary>A member that is an object, if it is there, with what is looked at in it.</summary>
    public (string, int, ScanPlan?) Object(string name, ScanPlan inside)
    {
        objects.Add(Slots);
        return (name, Slots++, inside);
    }

    /// <summary>A member that may be anything, and changes nothing.</summary>
    public static (string, int, ScanPlan?) Ignored(string name) => (name, -1, null);

    /// <summary>Sets the text columns, and checks the objects.</summary>
    public void Apply(FastEvent to)
    {
        foreach (var slot in objects) to.IsObject(slot);
        foreach (var (slot, column) in texts)
            if (!to.Slots[slot].IsAbsent) to.Set(column, to.Text(slot));
    }
}
