using System.Text;
using Weir.Events;

namespace Weir.Land.Evaluate;

/// <summary>
/// Splits one CSV record (RFC 4180, comma): a field is in quotes as a whole or not at all, a quote inside is doubled. Spaces belong to the field.
/// </summary>
internal static class CsvRecord
{
    /// <summary>Reads the fields, or says what is wrong.</summary>
    public static Fault? Split(ReadOnlySpan<byte> bytes, List<string> fields)
    {
        fields.Clear();
        if (JsonCheck.FindInBytes(bytes) is { } fault) return fault;
        if (bytes.Length == 0) return new Fault(QuarantineReasons.Empty, "an empty line");
        var text = Encoding.UTF8.GetString(bytes);
        for (var at = 0; ;)
        {
            var end = at < text.Length && text[at] == '"' ? TakeQuoted(text, at, fields) : TakePlain(text, at, fields);
            if (end < 0) return new Fault(QuarantineReasons.InvalidCsv, $"field {fields.Count + 1}: {Complaint(text, at)}");
            if (end == text.Length) return null;
            at = end + 1;
        }
    }

    /// <summary>The end of an unquoted field, a comma or the record's end; -1: it holds what must be quoted.</summary>
    private static int TakePlain(string text, int at, List<string> fields)
    {
        var length = text.AsSpan(at).IndexOfAny(",\"\r\n");
        var end = length < 0 ? text.Length : at + length;
        if (end < text.Length && text[end] != ',') return -1;
        fields.Add(text[at..end]);
        return end;
    }

    private static int TakeQuoted(string text, int at, List<string> fields)
    {
        for (var close = text.IndexOf('"', at + 1); close >= 0; close = text.IndexOf('"', close + 2))
        {
            var end = close + 1;
            if (end < text.Length && text[end] == '"')
            {
                if (end + 1 >= text.Length) return -1; // a doubled quote at the very end opens nothing and closes nothing
                continue;
            }
            if (end < text.Length && text[end] != ',') return -1;
            fields.Add(text[(at + 1)..close].Replace("\"\"", "\"", StringComparison.Ordinal));
            return end;
        }
        return -1;
    }

    private static string Complaint(string text, int at) => at < text.Length && text[at] == '"'
        ? "a quoted field that does not end, or goes on after its closing quote"
        : "a quote or line break inside a field that is not quoted";
}
