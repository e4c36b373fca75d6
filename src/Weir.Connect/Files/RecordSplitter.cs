namespace Weir.Connect.Files;

/// <summary>Finds the end of a record, remembering what it saw of it before.</summary>
internal interface IRecordScanner
{
    /// <summary>Looks at the bytes that follow those seen before: the place after the record's line feed; -1: it does not end here.</summary>
    int FindEnd(ReadOnlySpan<byte> bytes);
}

/// <summary>A record ends at a line feed.</summary>
internal sealed class LineScanner : IRecordScanner
{
    public int FindEnd(ReadOnlySpan<byte> bytes) => bytes.IndexOf((byte)'\n') + 1 is var end and > 0 ? end : -1;
}

/// <summary>Splits a stream into records, byte for byte, without their line ends (LF or CRLF). The buffer grows to the longest record.</summary>
internal sealed class RecordSplitter(Stream stream, IRecordScanner scanner, long firstLine)
{
    private byte[] buffer = new byte[1 << 17];
    private int start, scanned, end;
    private long nextLine = firstLine;

    /// <summary>The record found; valid until the next is read.</summary>
    public ReadOnlyMemory<byte> Record { get; private set; }

    /// <summary>The 1-based line on which it begins.</summary>
    public long Line { get; private set; }

    /// <summary>Finds the next record; false at the end.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = scanner.FindEnd(buffer.AsSpan(scanned, end - scanned));
            if (length >= 0) return Take(scanned + length, hasLineEnd: true);
            scanned = end;
            MakeRoom();
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken).ConfigureAwait(false);
            end += read;
            if (read == 0) return start < end && Take(end, hasLineEnd: false);
        }
    }

    private bool Take(int recordEnd, bool hasLineEnd)
    {
        var bytes = buffer.AsMemory(start..recordEnd);
        Line = nextLine;
        nextLine += bytes.Span.Count((byte)'\n');
        if (hasLineEnd) bytes = bytes.Span.EndsWith("\r\n"u8) ? bytes[..^2] : bytes[..^1];
        Record = bytes;
        start = scanned = recordEnd;
        return true;
    }

    private void MakeRoom()
    {
        if (end < buffer.Length) return;
        if (start == 0)
        {
            Array.Resize(ref buffer, checked(buffer.Length * 2));
            return;
        }
        buffer.AsSpan(start..end).CopyTo(buffer);
        (end, scanned, start) = (end - start, scanned - start, 0);
    }
}
