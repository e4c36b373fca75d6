using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Weir.Land.Fast.Columns;

namespace Weir.Land.Fast.Contracts;

/// <summary>
/// An event as its contract sees it: a JSON object of columns. Objects and arrays are opened where somebody looks into them; what nobody looks at stays text.
/// It is made of texts that <see cref="Scanning.JsonScanner"/> was sure of: no name has an escape, and none comes twice. For one thread.
/// </summary>
internal sealed unsafe partial class EventTree
{
    public const int Root = 0;

    /// <summary>No node.</summary>
    public const int None = -1;

    /// <summary>With more the plain path is asked.</summary>
    private const int MostNodes = 1 << 14;

    private EventNode[] nodes = new EventNode[128];
    private int count;

    /// <summary>False: the plain path is asked.</summary>
    public bool IsSure { get; private set; }

    /// <summary>Texts that were made on the way; they hold until the next event.</summary>
    public NativeText Memory { get; } = new();

    /// <summary>A node. It moves when one is added.</summary>
    public ref EventNode this[int at] => ref nodes[at];

    /// <summary>An event without columns.</summary>
    public void Begin()
    {
        Memory.Reset();
        nodes[Root] = new EventNode { Kind = JsonTokenType.StartObject, IsOpen = true, First = None, Last = None, Next = None };
        (count, IsSure) = (1, true);
    }

    /// <summary>Leaves the event to the plain path.</summary>
    /// <returns>False.</returns>
    public bool Doubt() => IsSure = false;

    /// <summary>Adds a member or an element, at the end.</summary>
    /// <param name="parent">The object or array.</param>
    /// <param name="name">Its name, in memory that stays; an element has none.</param>
    /// <returns>Its node, whose value is not set yet.</returns>
    public int Add(int parent, ReadOnlySpan<byte> name)
    {
        var at = New(name);
        ref var owner = ref nodes[parent];
        if (owner.Last == None) owner.First = at;
        else nodes[owner.Last].Next = at;
        owner.Last = at;
        owner.Count++;
        return at;
    }

    /// <summary>A value that is in no object or array.</summary>
    public int Alone(JsonTokenType kind, ReadOnlySpan<byte> text)
    {
        var at = New(default);
        Set(at, kind, text);
        return at;
    }

    /// <summary>Takes a member out.</summary>
    public void Remove(int parent, int child)
    {
        ref var owner = ref nodes[parent];
        var before = None;
        for (var at = owner.First; at != child; at = nodes[at].Next) before = at;
        if (before == None) owner.First = nodes[child].Next;
        else nodes[before].Next = nodes[child].Next;
        if (owner.Last == child) owner.Last = before;
        owner.Count--;
    }

    /// <summary>A member of an object; <see cref="None"/>: it is not there, or this is no object.</summary>
    public int Find(int at, ReadOnlySpan<byte> name)
    {
        if (nodes[at].Kind != JsonTokenType.StartObject) return None;
        for (var child = First(at); child != None; child = nodes[child].Next)
        {
            ref readonly var node = ref nodes[child];
            if (node.NameLength == name.Length && (name.Length == 0 || *node.Name == name[0]) && name.SequenceEqual(new(node.Name, node.NameLength))) return child;
        }
        return None;
    }

    /// <summary>The first member or element; <see cref="None"/>: there is none.</summary>
    public int First(int at)
    {
        if (!nodes[at].IsOpen) Open(at);
        return nodes[at].First;
    }

    /// <summary>How many members or elements there are.</summary>
    public int Count(int at)
    {
        if (!nodes[at].IsOpen) Open(at);
        return nodes[at].Count;
    }

    public ReadOnlySpan<byte> Name(int at) => new(nodes[at].Name, nodes[at].NameLength);

    /// <summary>Makes a node an object without members.</summary>
    public void SetObject(int at)
    {
        ref var node = ref nodes[at];
        (node.Kind, node.IsEscaped, node.IsOpen, node.First, node.Last, node.Count) = (JsonTokenType.StartObject, false, true, None, None, 0);
    }

    /// <summary>Gives a node the value of another, which no longer belongs to anybody.</summary>
    public void Take(int at, int from)
    {
        var node = nodes[from];
        node.Name = nodes[at].Name;
        (node.NameLength, node.Next) = (nodes[at].NameLength, nodes[at].Next);
        nodes[at] = node;
    }

    private int New(ReadOnlySpan<byte> name)
    {
        if (count == nodes.Length) Array.Resize(ref nodes, count * 2);
        nodes[count] = new EventNode { Name = At(name), NameLength = name.Length, Next = None };
        return count++;
    }

    private static byte* At(ReadOnlySpan<byte> text) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(text));

    private void Open(int at)
    {
        var isArray = nodes[at].Kind == JsonTokenType.StartArray;
        var next = nodes[at].Text + 1;
        var end = next + nodes[at].Length - 2;
        (nodes[at].IsOpen, nodes[at].First, nodes[at].Last, nodes[at].Count) = (true, None, None, 0);
        for (next = JsonWalk.Skip(next, end); next < end; next = JsonWalk.Skip(next, end))
        {
            if (*next == ',') next = JsonWalk.Skip(next + 1, end);
            var name = next + 1;
            var nameEnd = name;
            if (!isArray)
            {
                nameEnd = JsonWalk.StringEnd(name, end, out var isEscaped);
                if (isEscaped) Doubt();
                next = JsonWalk.Skip(JsonWalk.Skip(nameEnd + 1, end) + 1, end); // behind the colon
            }
            var child = Add(at, new ReadOnlySpan<byte>(name, (int)(nameEnd - name)));
            next = SetSent(child, next, end);
            if (count <= MostNodes) continue;
            Doubt();
            return;
        }
    }

    /// <summary>Gives a node a value as sent.</summary>
    /// <returns>Where it ends.</returns>
    private byte* SetSent(int at, byte* start, byte* end)
    {
        ref var node = ref nodes[at];
        node.Kind = *start switch
        {
            (byte)'"' => JsonTokenType.String,
            (byte)'{' => JsonTokenType.StartObject,
            (byte)'[' => JsonTokenType.StartArray,
            (byte)'t' => JsonTokenType.True,
            (byte)'f' => JsonTokenType.False,
            (byte)'n' => JsonTokenType.Null,
            _ => JsonTokenType.Number,
        };
        if (node.Kind == JsonTokenType.String)
        {
            node.Text = start + 1;
            var close = JsonWalk.StringEnd(node.Text, end, out node.IsEscaped);
            node.Length = (int)(close - node.Text);
            return close + 1;
        }
        node.Text = start;
        var after = JsonWalk.ValueEnd(start, end);
        node.Length = (int)(after - start);
        return after;
    }
}
