using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Land.Fast.Contracts;

namespace Weir.Land.Contracts.Migrations;

/// <summary><c>split</c>: one text becomes several; the last one takes what is left, and those for which nothing is left stay absent.</summary>
internal sealed class SplitRule(FieldPath field, string separator, IReadOnlyList<FieldPath> into) : MigrationRule("split", field)
{
    private readonly byte[] by = Encoding.UTF8.GetBytes(separator);
    private readonly TreePath[] targets = [.. into.Select(i => new TreePath(i))];

    public override IEnumerable<string> Columns => [Field.Column, .. into.Select(i => i.Column)];

    private protected override string? ApplyTo(JsonObject scope, ImputedFields imputed)
    {
        if (Fields.Get(scope, Field.Names) is not { } value) return null;
        if (value.GetValueKind() != JsonValueKind.String) return "expected a text";
        var parts = value.GetValue<string>().Split(separator, into.Count);
        Fields.Remove(scope, Field.Names);
        foreach (var (to, part) in into.Zip(parts))
            if (Put(scope, to, JsonValue.Create(part)) is { } fault) return fault;
        return null;
    }

    private protected override bool TryApplyTo(EventTree tree, int scope, ImputedFields imputed)
    {
        var value = Path.Get(tree, scope);
        if (value == EventTree.None) return true;
        if (tree[value].Kind != JsonTokenType.String) return false;
        var rest = tree.String(value);
        Path.Remove(tree, scope);
        for (var (i, isLast) = (0, false); !isLast; i++)
        {
            var end = rest.IndexOf(by);
            isLast = i == targets.Length - 1 || end < 0;
            if (!TryPut(tree, scope, targets[i], out var at)) return false;
            tree.Set(at, JsonTokenType.String, isLast ? rest : rest[..end]);
            if (!isLast) rest = rest[(end + by.Length)..];
        }
        return true;
    }
}

/// <summary><c>join</c>: several texts or numbers become one text; absent ones are left out.</summary>
internal sealed class JoinRule(IReadOnlyList<FieldPath> fields, string separator, FieldPath into) : MigrationRule("join", fields[0])
{
    private readonly TreePath[] paths = [.. fields.Select(f => new TreePath(f))];
    private readonly TreePath target = new(into);
    private readonly byte[] between = Encoding.UTF8.GetBytes(separator);

    public override IEnumerable<string> Columns => [.. fields.Select(f => f.Column), into.Column];

    private protected override string? ApplyTo(JsonObject scope, ImputedFields imputed)
    {
        var parts = new List<string>();
        foreach (var field in fields)
        {
            if (Fields.Get(scope, field.Names) is not { } value) continue;
            if (Fields.Text(value) is not { } text) return $"expected a text or a number in {field}";
            parts.Add(text);
            Fields.Remove(scope, field.Names);
        }
        return parts.Count == 0 ? null : Put(scope, into, JsonValue.Create(string.Join(separator, parts)));
    }

    private protected override bool TryApplyTo(EventTree tree, int scope, ImputedFields imputed)
    {
        var joined = new ArrayBufferWriter<byte>();
        var count = 0;
        foreach (var path in paths)
        {
            var value = path.Get(tree, scope);
            if (value == EventTree.None) continue;
            if (tree[value].Kind is JsonTokenType.StartObject or JsonTokenType.StartArray) return false;
            if (count++ > 0) joined.Write(between);
            joined.Write(tree.String(value));
            path.Remove(tree, scope);
        }
        if (count == 0) return true;
        if (!TryPut(tree, scope, target, out var at)) return false;
        tree.SetMade(at, JsonTokenType.String, joined.WrittenSpan);
        return true;
    }
}
