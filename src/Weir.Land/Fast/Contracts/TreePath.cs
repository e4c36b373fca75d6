using System.Text.Json;
using Weir.Land.Contracts;

namespace Weir.Land.Fast.Contracts;

/// <summary>A <see cref="FieldPath"/> in an <see cref="EventTree"/>: what <see cref="Weir.Land.Contracts.Migrations.Fields"/> does with a JsonObject.</summary>
internal sealed class TreePath(FieldPath path)
{
    private readonly Utf8Name[][] arrays = [.. path.Arrays.Select(a => Utf8Name.Of(a))];
    private readonly Utf8Name[] names = Utf8Name.Of(path.Names);

    /// <summary>Its parts between <c>[]</c>.</summary>
    public int Arrays => arrays.Length;

    /// <summary>How many names there are after the last <c>[]</c>.</summary>
    public int Names => names.Length;

    /// <summary>Looks for the array of a level.</summary>
    /// <returns>Its node; <see cref="EventTree.None"/>: there is none.</returns>
    public int Array(EventTree tree, int scope, int level) => Follow(tree, scope, arrays[level]) is var at and not EventTree.None && tree[at].Kind == JsonTokenType.StartArray ? at : EventTree.None;

    /// <summary>The field; <see cref="EventTree.None"/> where it is absent or null.</summary>
    public int Get(EventTree tree, int scope) => Follow(tree, scope, names);

    /// <summary>The object that the field lies in; <see cref="EventTree.None"/>: there is none.</summary>
    public int Parent(EventTree tree, int scope) => Follow(tree, scope, names.AsSpan(0, names.Length - 1)) is var at and not EventTree.None && tree[at].Kind == JsonTokenType.StartObject ? at : EventTree.None;

    /// <summary>How far the field is there: as many of its names as have a value.</summary>
    public int Depth(EventTree tree, int scope)
    {
        var at = scope;
        for (var i = 0; i < names.Length; i++)
            if ((at = Member(tree, at, names[i])) == EventTree.None) return i;
        return names.Length;
    }

    /// <summary>A node for the field, whose value must be set; objects on its way are made.</summary>
    /// <returns><see cref="EventTree.None"/>: something on its way is no object.</returns>
    public int Make(EventTree tree, int scope)
    {
        var at = scope;
        foreach (var name in names.AsSpan(0, names.Length - 1))
        {
            var next = tree.Find(at, name.Bytes);
            if (next == EventTree.None) next = tree.Add(at, name.Bytes);
            if (tree[next].Kind is JsonTokenType.None or JsonTokenType.Null) tree.SetObject(next);
            if (tree[next].Kind != JsonTokenType.StartObject) return EventTree.None;
            at = next;
        }
        var last = names[^1];
        return tree.Find(at, last.Bytes) is var there and not EventTree.None ? there : tree.Add(at, last.Bytes);
    }

    /// <summary>Takes the field out.</summary>
    public void Remove(EventTree tree, int scope)
    {
        if (Parent(tree, scope) is var parent and not EventTree.None && tree.Find(parent, names[^1].Bytes) is var field and not EventTree.None) tree.Remove(parent, field);
    }

    private static int Follow(EventTree tree, int at, ReadOnlySpan<Utf8Name> names)
    {
        foreach (var name in names)
            if ((at = Member(tree, at, name)) == EventTree.None) break;
        return at;
    }

    private static int Member(EventTree tree, int at, Utf8Name name) =>
        tree.Find(at, name.Bytes) is var member and not EventTree.None && tree[member].Kind != JsonTokenType.Null ? member : EventTree.None;
}
