namespace Weir.Connect.Files;

/// <summary>
/// Counts records byte by byte, knowing nothing of the code that splits them: an independent count of what was received. A CSV record ends at a line feed outside
/// quotes, and quotes open only where a field begins; an NDJSON record ends at any line feed.
/// </summary>
internal sealed class RecordCounter(bool isCsv)
{
    private const long MarkEvery = 16 << 20;

    private State state = State.FieldStart;
    private long length, offset, recordLine = 1;

    private enum State : byte
    {
        FieldStart,
        Bare,
        Quoted,
        QuoteSeen,
    }

    /// <summary>Records, the last one also without its line end.</summary>
    public long Records { get; private set; }

    /// <summary>Line feeds, within quotes too.</summary>
    public long Lines { get; private set; }

    /// <summary>The longest record, in bytes.</summary>
    public long Longest { get; private set; }

    /// <summary>The line on which the longest record begins, counted from 1.</summary>
    public long LongestLine { get; private set; }

    public PartEnd End => length == 0 ? PartEnd.Line : state == State.Quoted ? PartEnd.Quotes : PartEnd.Record;

    /// <summary>Places between records, every 16 MiB or so: how many bytes, records and lines lie before each.</summary>
    public List<(long Offset, long Records, long Lines)> Marks { get; } = [];

    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            offset++;
            if (length++ == 0) Records++;
            if (b == '\n')
            {
                Lines++;
                if (state != State.Quoted)
                {
                    EndRecord();
                    continue;
                }
            }
            if (length > Longest) (Longest, LongestLine) = (length, recordLine);
            if (isCsv) state = Next(state, b);
        }
    }

    private static State Next(State state, byte b) => (state, b) switch
    {
        (State.FieldStart, (byte)'"') or (State.QuoteSeen, (byte)'"') => State.Quoted,
        (State.Quoted, (byte)'"') => State.QuoteSeen,
        (State.Quoted, _) => State.Quoted,
        (_, (byte)',') => State.FieldStart,
        _ => State.Bare,
    };

    private void EndRecord()
    {
        (state, length) = (State.FieldStart, 0);
        recordLine = Lines + 1;
        if (offset - (Marks.Count == 0 ? 0 : Marks[^1].Offset) >= MarkEvery) Marks.Add((offset, Records, Lines));
    }
}
