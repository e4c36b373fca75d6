using System.Text;
using Weir.Identifiers;
using Weir.Land.Evaluate;
using Weir.Land.Fast.Columns;

namespace Weir.Tests.Land.Fast.Fuzz;

/// <summary>A row in words, whether it lies in a block or is an object: a line for each column that has a value.</summary>
internal static class BlockRows
{
    public static string Text(EventBlock block, int row)
    {
        var text = new StringBuilder();
        for (var i = 0; i < EventColumns.TextCount; i++)
            if (block.Has((EventText)i, row)) Line(text, EventColumns.Texts[i].Name, Encoding.UTF8.GetString(block.Text((EventText)i, row)));
        for (var i = 0; i < EventColumns.NumberCount; i++) Line(text, EventColumns.Numbers[i].Name, block.Number((EventNumber)i, row));
        Line(text, "id", UuidV5.FromUInt128(block.Id(row)));
        return Line(text, "name", block.Name(row)).ToString();
    }

    public static string Text(EventRow row)
    {
        var text = new StringBuilder();
        foreach (var (name, of) in EventColumns.Texts)
            if (of(row) is { } value) Line(text, name, value);
        foreach (var (name, of) in EventColumns.Numbers) Line(text, name, of(row));
        Line(text, "id", row.Id);
        return Line(text, "name", row.Event).ToString();
    }

    private static StringBuilder Line(StringBuilder text, string name, object value) => text.Append(name).Append(" = ").Append(value).Append('\n');
}
