using System.Text.Json;
using Weir.DuckDb;
using Weir.Land.Fast.Columns;
using Weir.Land.Fast.Scanning;

namespace Weir.Land.Fast.Reading;

/// <summary>An event whose values were found, while they become a row. What is not surely as the plain reader has it makes the event unsure.</summary>
/// <param name="times">How times are read.</param>
/// <param name="slots">Where the scanner put the values.</param>
internal sealed unsafe class FastEvent(FastTimes times, JsonSlice[] slots)
{
    private byte* at;
    private EventBlock block = null!;

    public JsonSlice[] Slots => slots;

    /// <summary>False: the plain reader is asked.</summary>
    public bool IsSure { get; private set; }

    public EventBlock Block => block;

    public int Row { get; private set; }

    /// <summary>When it was received, microseconds since 1970.</summary>
    public long ReceivedAt { get; private set; }

    /// <summary>The times as the plain draft has them; <see cref="EventColumns.None"/>: none.</summary>
    public long ClientTime { get; set; }

    public long SentAt { get; set; }

    public long ArrivedAt { get; set; }

    /// <summary>Whether it is about a group and so nobody's.</summary>
    public bool IsOfGroup { get; set; }

    /// <summary>The id as sent; null cell: none.</summary>
    public TextCell Id { get; set; }

    /// <summary>The event's name; null cell: none.</summary>
    public TextCell Name { get; set; }

    public void Begin(byte* text, EventBlock to, int row, long receivedAt)
    {
        at = text;
        to.BeginRow(row);
        (block, Row, ReceivedAt) = (to, row, receivedAt);
        (ClientTime, SentAt, ArrivedAt) = (EventColumns.None, EventColumns.None, receivedAt);
        (Id, Name, IsOfGroup, IsSure) = (TextCell.Null, TextCell.Null, false, true);
    }

    /// <summary>Leaves the event to the plain reader.</summary>
    public void Doubt() => IsSure = false;

    /// <summary>A slot's bytes as sent.</summary>
    public ReadOnlySpan<byte> Sent(int slot) => new(at + slots[slot].Start, slots[slot].Length);

    /// <summary>A text, or a whole number as sent.</summary>
    public TextCell Text(int slot)
    {
        ref readonly var value = ref slots[slot];
        switch (value.Kind)
        {
            case JsonTokenType.String when !value.IsEscaped: return TextCell.At(at + value.Start + 1, value.Length - 2);
            case JsonTokenType.String: return Unescape(Sent(slot));
            case JsonTokenType.Number when Sent(slot).IndexOfAny(".eE"u8) < 0: return TextCell.At(at + value.Start, value.Length);
            case JsonTokenType.None or JsonTokenType.Null: return TextCell.Null;
            default:
                Doubt();
                return TextCell.Null;
        }
    }

    /// <summary>As a text, but a blank one is none.</summary>
    public TextCell IdText(int slot)
    {
        var text = Text(slot);
        if (text.IsNull || text.Length == 0) return TextCell.Null;
        // What begins with a visible ASCII character is not blank; of others the plain reader knows.
        if (TextCell.Bytes(&text)[0] is <= (byte)' ' or >= 0x7F) Doubt();
        return text;
    }

    /// <summary>Sets a column to a text.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Set(EventText column, in TextCell text)
    {
        if (text.IsNull) return false;
        block.Set(column, Row, text);
        return true;
    }

    /// <summary>Whether a column has a text.</summary>
    public bool Has(EventText column) => block.Has(column, Row);

    /// <summary>Sets a column to an object's text as sent.</summary>
    public void SetObject(EventText column, int slot)
    {
        if (IsObject(slot)) block.Set(column, Row, TextCell.At(at + slots[slot].Start, slots[slot].Length));
    }

    /// <summary>Whether an object was sent; anything but an object or nothing is for the plain reader.</summary>
    public bool IsObject(int slot)
    {
        if (slots[slot].Kind == JsonTokenType.StartObject) return true;
        if (!slots[slot].IsAbsent) Doubt();
        return false;
    }

    public void SetNumber(EventNumber column, long value) => block.Number(column, Row) = value;

    /// <summary>A whole number of 32 bits.</summary>
    public void SetInteger(EventNumber column, int slot) => SetNumber(column, Number(slot, 0, 9));

    /// <summary>DECIMAL(18,4), in ten-thousandths.</summary>
    public void SetMoney(EventNumber column, int slot) => SetNumber(column, Number(slot, 4, 14));

    /// <summary>A time; <see cref="EventColumns.None"/>: none was sent.</summary>
    public long Time(int slot)
    {
        ref readonly var value = ref slots[slot];
        if (value.IsAbsent) return EventColumns.None;
        if (value.Kind == JsonTokenType.String && !value.IsEscaped && times.TryRead(Sent(slot)[1..^1], ReceivedAt, out var time)) return time;
        Doubt();
        return EventColumns.None;
    }

    /// <summary>Digits, perhaps a point among them; longer and rarer ways to write a number are for the plain reader.</summary>
    private long Number(int slot, int scale, int wholeDigits)
    {
        ref readonly var value = ref slots[slot];
        if (value.IsAbsent) return EventColumns.None;
        if (value.Kind == JsonTokenType.Number && SmallNumber.TryRead(Sent(slot), scale, wholeDigits, out var number)) return number;
        Doubt();
        return EventColumns.None;
    }

    private TextCell Unescape(ReadOnlySpan<byte> quoted)
    {
        var to = block.Memory.Take(quoted.Length);
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return TextCell.At(to, reader.CopyString(new Span<byte>(to, quoted.Length)));
    }
}
