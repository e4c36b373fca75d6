using Weir.Events;

namespace Weir.Land.Evaluate;

/// <summary>A CSV record's fields by column name. An empty field is no value.</summary>
internal sealed class CsvColumns(IReadOnlyList<string> header)
{
    private readonly Dictionary<string, int> places = Places(header);
    private readonly List<string> fields = [];

    public IReadOnlyList<string> Header => header;

    /// <summary>Takes the next record.</summary>
    public Fault? Read(ReadOnlySpan<byte> record)
    {
        if (CsvRecord.Split(record, fields) is { } fault) return fault;
        return fields.Count == header.Count ? null : new Fault(QuarantineReasons.ColumnCount, $"{fields.Count} fields; the header has {header.Count} columns");
    }

    /// <summary>A field of the record; null: it is empty, or there is no such column.</summary>
    public string? this[string column] => places.TryGetValue(column, out var place) && fields[place].Length > 0 ? fields[place] : null;

    /// <summary>A field by its place.</summary>
    public string? this[int place] => fields[place].Length > 0 ? fields[place] : null;

    private static Dictionary<string, int> Places(IReadOnlyList<string> header)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < header.Count; i++) places.TryAdd(header[i], i); // files with the same column twice are not taken
        return places;
    }
}
