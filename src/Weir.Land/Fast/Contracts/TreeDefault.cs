using Weir.Land.Contracts.Migrations;
using Weir.Land.Contracts.Schemas;

namespace Weir.Land.Fast.Contracts;

/// <summary>A field's default in an <see cref="EventTree"/>: what <see cref="Defaults"/> does with a JsonObject.</summary>
internal sealed class TreeDefault(FieldAnnotation field)
{
    private readonly TreePath path = new(field.Path);
    private readonly WrittenValue value = new(Fields.Of(field.Default!.Value));

    public bool IsNeeded(EventTree tree)
    {
        var depth = path.Depth(tree, EventTree.Root);
        return depth < path.Names && (path.Names <= 2 || depth == path.Names - 1);
    }

    public void Fill(EventTree tree, ImputedFields imputed)
    {
        if (path.Get(tree, EventTree.Root) != EventTree.None) return;
        if (path.Names > 2 && path.Parent(tree, EventTree.Root) == EventTree.None) return;
        if (path.Make(tree, EventTree.Root) is var at and not EventTree.None)
        {
            value.Put(tree, at);
            imputed.Add(field.Path);
        }
    }
}
