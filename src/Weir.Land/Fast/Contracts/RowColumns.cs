using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Weir.DuckDb;
using Weir.Land.Contracts;
using Weir.Land.Fast.Columns;
using Weir.Land.Fast.Reading;

namespace Weir.Land.Fast.Contracts;

/// <summary>The columns that a contract speaks of: from a row into an <see cref="EventTree"/>, and back. For one thread.</summary>
internal sealed unsafe class RowColumns(Contract contract)
{
    private readonly Column[] all = [.. contract.Columns.Select(c => new Column(c))];
    private readonly TextCell[] cells = new TextCell[contract.Columns.Count];
    private readonly long[] numbers = new long[contract.Columns.Count];

    /// <summary>What is absent is null there.</summary>
    public void Read(EventBlock block, int row, EventTree tree)
    {
        tree.Begin();
        foreach (var column in all)
            if (column.IsNumber) AddNumber(column, block.Number((EventNumber)~column.Place, row), tree);
            else if (block.Has((EventText)column.Place, row)) tree.Set(tree.Add(EventTree.Root, column.Name.Bytes), column.Kind, TextCell.Bytes(block.Texts(row) + column.Place));
    }

    /// <summary>Takes back what may have changed; false: the plain path is asked.</summary>
    public bool TryWrite(EventTree tree, EventBlock block, int row)
    {
        // A cell may lie where another one's text is read from.
        for (var i = 0; i < all.Length; i++)
            if (!all[i].IsFixed && !TryTake(i, tree, block, row)) return false;
        for (var i = 0; i < all.Length; i++)
        {
            var column = all[i];
            if (column.IsFixed) continue;
            if (column.IsNumber) block.Number((EventNumber)~column.Place, row) = numbers[i];
            else if (cells[i].IsNull) block.Clear((EventText)column.Place, row);
            else block.Set((EventText)column.Place, row, cells[i]);
        }
        return tree.IsSure;
    }

    private bool TryTake(int i, EventTree tree, EventBlock block, int row)
    {
        var (column, at) = (all[i], tree.Find(EventTree.Root, all[i].Name.Bytes));
        var isAbsent = at == EventTree.None || tree[at].Kind == JsonTokenType.Null;
        if (column.IsNumber) return TryTakeNumber(column, tree, isAbsent ? EventTree.None : at, out numbers[i]);
        cells[i] = TextCell.Null;
        return isAbsent || (column.Type == "object" ? TryTakeObject(tree, at, block, out cells[i]) : TryTakeText(column, tree, at, block, row, out cells[i]));
    }

    /// <summary>A number, which is sent as one.</summary>
    private static bool TryTakeNumber(Column column, EventTree tree, int at, out long value)
    {
        value = EventColumns.None;
        if (at == EventTree.None) return true;
        var isMoney = column.Type == "number";
        return tree[at].Kind == JsonTokenType.Number && SmallNumber.TryRead(tree.Text(at), isMoney ? 4 : 0, isMoney ? 14 : 9, out value);
    }

    /// <summary>A text, or a whole number as sent; one that might be blank the plain path looks at.</summary>
    private static bool TryTakeText(Column column, EventTree tree, int at, EventBlock block, int row, out TextCell cell)
    {
        cell = TextCell.Null;
        var text = tree.String(at);
        if (tree[at].Kind == JsonTokenType.Number ? text.IndexOfAny(".eE"u8) >= 0 : tree[at].Kind != JsonTokenType.String) return false;
        var isUnchanged = block.Has((EventText)column.Place, row) && tree[at].Text == At(TextCell.Bytes(block.Texts(row) + column.Place)) && text.Length == block.Texts(row)[column.Place].Length;
        if (isUnchanged) cell = block.Texts(row)[column.Place];
        else if (text.Length > 0 && text[0] is > (byte)' ' and < 0x7F) cell = block.Memory.Add(text);
        return !cell.IsNull;
    }

    /// <summary>An object; an empty one is none.</summary>
    private static bool TryTakeObject(EventTree tree, int at, EventBlock block, out TextCell cell)
    {
        cell = TextCell.Null;
        if (tree[at].Kind != JsonTokenType.StartObject) return false;
        if (tree.Count(at) == 0) return true;
        var length = TreeText.Measure(tree, at);
        if (!tree.IsSure) return false;
        var to = block.Memory.Take(length);
        TreeText.Write(tree, at, to);
        cell = TextCell.At(to, length);
        return true;
    }

    private static void AddNumber(Column column, long value, EventTree tree)
    {
        if (value == EventColumns.None) return;
        tree.SetColumn(tree.Add(EventTree.Root, column.Name.Bytes), column.Kind, value, column.Scale);
    }

    private static byte* At(ReadOnlySpan<byte> text) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(text));

    /// <summary>A column.</summary>
    private sealed class Column(EventColumn column)
    {
        public Utf8Name Name { get; } = new(column.Name);

        /// <summary>Its JSON type.</summary>
        public string Type => column.Type;

        /// <summary>What its values are.</summary>
        public JsonTokenType Kind { get; } = column.Type switch { "object" => JsonTokenType.StartObject, "string" => JsonTokenType.String, _ => JsonTokenType.Number };

        /// <summary>Of a number: how many of its digits stand after the point.</summary>
        public int Scale { get; } = column.Type == "number" ? 4 : 0;

        /// <summary>Whether nothing changes it.</summary>
        public bool IsFixed { get; } = column.Read is null;

        public bool IsNumber => Place < 0;

        /// <summary>Where it lies: an <see cref="EventText"/>, or as its complement an <see cref="EventNumber"/>.</summary>
        public int Place { get; } = Array.FindIndex(EventColumns.Texts, t => t.Name == column.Name) is var found and >= 0 ? found : ~Array.FindIndex(EventColumns.Numbers, n => n.Name == column.Name);
    }
}
