namespace Weir.Connect.Files;

/// <summary>Finds where a CSV record ends, in pieces of any size. What is said of quotes in <c>docs/guides/file-intake.md</c> holds.</summary>
internal sealed class CsvScanner : IRecordScanner
{
    private enum Place
    {
        AtField,
        InPlain,
        InQuotes,
        AfterQuote,
    }

    private Place place = Place.AtField;

    public int FindEnd(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length;)
        {
            if (place == Place.AtField)
            {
                place = bytes[i] == '"' ? Place.InQuotes : Place.InPlain;
                if (place == Place.InQuotes) i++;
            }
            else if (place == Place.AfterQuote)
            {
                // A second quote stands for one; anything else ends the quoted text.
                place = bytes[i] == '"' ? Place.InQuotes : Place.InPlain;
                if (place == Place.InQuotes) i++;
            }
            else if (place == Place.InQuotes)
            {
                var quote = bytes[i..].IndexOf((byte)'"');
                if (quote < 0) return -1;
                i += quote + 1;
                place = Place.AfterQuote;
            }
            else
            {
                var stop = bytes[i..].IndexOfAny((byte)',', (byte)'\n');
                if (stop < 0) return -1;
                i += stop + 1;
                place = Place.AtField;
                if (bytes[i - 1] == '\n') return i;
            }
        }
        return -1;
    }
}
