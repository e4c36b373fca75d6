using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Land.Fast.Contracts;

namespace Weir.Land.Contracts.Migrations;

/// <summary>One change on the way from a version to the next. Where its field was not sent, or is null, it does nothing.</summary>
/// <param name="kind">Its name in the file.</param>
/// <param name="about">The field it is about.</param>
internal abstract class MigrationRule(string kind, FieldPath about)
{
    public FieldPath Field => about;

    /// <summary>The columns that it reads or writes.</summary>
    public virtual IEnumerable<string> Columns => [about.Column];

    /// <summary>Changes an event; null, or why that cannot be: where and what was expected, never a value.</summary>
    public string? Apply(JsonObject root, ImputedFields imputed)
    {
        foreach (var scope in Fields.Scopes(root, about))
            if (ApplyTo(scope, imputed) is { } fault) return $"$.{about}: {kind}: {fault}";
        return null;
    }

    /// <summary>Changes an event of the fast path just so; false: that is not sure, or cannot be, and the plain path is asked.</summary>
    public bool TryApply(EventTree tree, ImputedFields imputed) => TryApply(tree, EventTree.Root, 0, imputed);

    private bool TryApply(EventTree tree, int scope, int level, ImputedFields imputed)
    {
        if (level == Path.Arrays) return TryApplyTo(tree, scope, imputed);
        if (Path.Array(tree, scope, level) is var array && array == EventTree.None) return true;
        for (var item = tree.First(array); item != EventTree.None; item = tree[item].Next)
            if (tree[item].Kind == JsonTokenType.StartObject && !TryApply(tree, item, level + 1, imputed)) return false;
        return true;
    }

    /// <summary>The field, on the fast path.</summary>
    private protected TreePath Path { get; } = new(about);

    /// <summary>Changes the object in which the field's last names are looked up; null, or what was expected.</summary>
    private protected abstract string? ApplyTo(JsonObject scope, ImputedFields imputed);

    /// <summary>The same on the fast path; false: the plain path is asked.</summary>
    private protected abstract bool TryApplyTo(EventTree tree, int scope, ImputedFields imputed);

    /// <summary>A node where there must be no value yet; false: the plain path is asked.</summary>
    private protected static bool TryPut(EventTree tree, int scope, TreePath to, out int at)
    {
        at = to.Get(tree, scope) == EventTree.None ? to.Make(tree, scope) : EventTree.None;
        return at != EventTree.None;
    }

    /// <summary>Puts a value where there must be none yet; null, or what was expected.</summary>
    private protected static string? Put(JsonObject scope, FieldPath to, JsonNode? value)
    {
        if (Fields.Get(scope, to.Names) is { } taken && !Fields.AreEqual(taken, value)) return $"expected nothing in {to}, but it has another value already";
        return Fields.Set(scope, to.Names, value) ? null : $"{to} lies in something that is no object";
    }
}
