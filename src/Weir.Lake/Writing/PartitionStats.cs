using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.DuckDb;

namespace Weir.Lake.Writing;

/// <summary>What a staging table, or a program, holds of one partition.</summary>
internal sealed record PartitionStats(IReadOnlyDictionary<string, string?> Values, IReadOnlyList<ColumnStats> Columns, long Rows)
{
    /// <summary>Texts in the log are cut to this many characters: a minimum stays one when cut, a maximum does not.</summary>
    private const int LongestText = 32;

    /// <summary>By partition folder.</summary>
    public static IReadOnlyDictionary<string, PartitionStats> Read(DuckDBConnection connection, string staging, TableDefinition table)
    {
        var columns = table.DataColumns.Where(c => c.HasStats).ToList();
        var keys = table.PartitionColumns;
        var selected = keys.Select(k => $"{Sql.Name(k)}::VARCHAR")
            .Concat(columns.SelectMany(c => new[] { $"min({Sql.Name(c.Name)}::{c.SqlType})", $"max({Sql.Name(c.Name)}::{c.SqlType})", $"count(*) - count({Sql.Name(c.Name)})" }))
            .Append("count(*)");
        var sql = $"SELECT {string.Join(", ", selected)} FROM {Sql.Name(staging)} GROUP BY {(keys.Count == 0 ? "()" : string.Join(", ", keys.Select(k => Sql.Name(k) + "::VARCHAR")))} HAVING count(*) > 0";
        return connection.Query(sql, r =>
        {
            var values = keys.Select((k, i) => KeyValuePair.Create(k, r.IsDBNull(i) ? null : r.GetString(i))).ToList();
            var stats = columns.Select((c, i) =>
            {
                var at = keys.Count + 3 * i;
                return new ColumnStats(c, r.IsDBNull(at) ? null : r.GetValue(at), r.IsDBNull(at + 1) ? null : r.GetValue(at + 1), r.GetInt64(at + 2));
            });
            return (Folder: LogPaths.Partition(values), Stats: new PartitionStats(values.ToDictionary(StringComparer.Ordinal), [.. stats], r.GetInt64(keys.Count + 3 * columns.Count)));
        }).ToDictionary(p => p.Folder, p => p.Stats, StringComparer.Ordinal);
    }

    /// <summary>The stats of a file of this partition. If the partition has several, its bounds hold for each, but its nulls are not known per file.</summary>
    public string ToJson(long rows, bool isWholePartition)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("numRecords", rows);
            WriteBounds(json, "minValues", c => c.Min, isMax: false);
            WriteBounds(json, "maxValues", c => c.Max, isMax: true);
            json.WriteStartObject("nullCount");
            if (isWholePartition)
                foreach (var c in Columns) json.WriteNumber(c.Column.Name, c.Nulls);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void WriteBounds(Utf8JsonWriter json, string name, Func<ColumnStats, object?> bound, bool isMax)
    {
        json.WriteStartObject(name);
        foreach (var column in Columns) WriteBound(json, column.Column.Name, bound(column), isMax);
        json.WriteEndObject();
    }

    private static void WriteBound(Utf8JsonWriter json, string name, object? value, bool isMax)
    {
        switch (value)
        {
            case null: break;
            case string text when text.Length <= LongestText: json.WriteString(name, text); break;
            case string text when !isMax: json.WriteString(name, text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)]); break;
            case string: break;
            case int number: json.WriteNumber(name, number); break;
            case long number: json.WriteNumber(name, number); break;
            case decimal number: json.WriteNumber(name, number); break;
            case DateOnly day: json.WriteString(name, day.ToString("yyyy-MM-dd")); break;
            case DateTime time: json.WriteString(name, Milliseconds(time, isMax).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'")); break;
            default: throw new InvalidOperationException($"The column '{name}' has stats of the type {value.GetType()}, for which none are kept.");
        }
    }

    /// <summary>Delta's stats hold milliseconds: down for a minimum, up for a maximum, so that they are bounds.</summary>
    private static DateTime Milliseconds(DateTime time, bool up)
    {
        var rest = time.Ticks % TimeSpan.TicksPerMillisecond;
        return rest == 0 ? time : time.AddTicks(up ? TimeSpan.TicksPerMillisecond - rest : -rest);
    }
}
