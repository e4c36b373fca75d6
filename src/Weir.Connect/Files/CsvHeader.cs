using CsvHelper;

namespace Weir.Connect.Files;

/// <summary>A CSV file's first record: its column names.</summary>
internal static class CsvHeader
{
    private static readonly CsvReaderOptions Strict = new()
    {
        Separator = ',', HasHeader = false, MalformedData = CsvMalformedDataHandling.Throw, DetectSeparatorHint = false, SkipEmptyLines = false,
    };

    /// <summary>The names; an error that says why there are none.</summary>
    public static IReadOnlyList<string> Parse(string path, ReadOnlyMemory<byte> record)
    {
        if (record.Span.StartsWith("\uFEFF"u8)) record = record[3..];
        if (!System.Text.Unicode.Utf8.IsValid(record.Span)) throw ConnectErrors.BadHeader(path, "it is not UTF-8");
        if (record.Length == 0) throw ConnectErrors.BadHeader(path, "it is empty");
        var names = Split(path, record);
        if (names.Where(n => n.Length > 0).GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw ConnectErrors.BadHeader(path, $"it names the column '{twice.Key}' twice");
        return names;
    }

    private static List<string> Split(string path, ReadOnlyMemory<byte> record)
    {
        try
        {
            using var reader = CsvReader.Create(record, Strict);
            var names = new List<string>();
            if (reader.Read())
                for (var i = 0; i < reader.FieldCount; i++) names.Add(reader.GetString(i));
            return names;
        }
        catch (CsvFormatException)
        {
            throw ConnectErrors.BadHeader(path, "a quote stands in the wrong place or does not end");
        }
    }
}
