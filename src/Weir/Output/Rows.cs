using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Weir.Output;

/// <summary>Rows for stdout, in the format that was asked for.</summary>
/// <param name="Columns">The columns' names.</param>
/// <param name="Values">The rows; each has a value, or null, for each column.</param>
internal sealed record Rows(IReadOnlyList<string> Columns, IEnumerable<IReadOnlyList<object?>> Values)
{
    private static readonly JsonWriterOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes all rows; returns how many there were.</summary>
    public long Write(TextWriter output, OutputFormat format) => format switch
    {
        OutputFormat.Json => WriteJson(output),
        OutputFormat.Csv => WriteCsv(output),
        _ => WriteTable(output),
    };

    private long WriteCsv(TextWriter output)
    {
        var count = 0L;
        output.WriteLine(string.Join(',', Columns.Select(Quote)));
        foreach (var row in Values)
        {
            output.WriteLine(string.Join(',', row.Select(v => Quote(v is null ? null : Text(v)))));
            count++;
        }
        return count;
    }

    private long WriteJson(TextWriter output)
    {
        var count = 0L;
        output.Write('[');
        using var buffer = new MemoryStream();
        foreach (var row in Values)
        {
            buffer.SetLength(0);
            using (var json = new Utf8JsonWriter(buffer, Indented))
            {
                json.WriteStartObject();
                for (var i = 0; i < Columns.Count; i++)
                {
                    json.WritePropertyName(Columns[i]);
                    WriteValue(json, row[i]);
                }
                json.WriteEndObject();
            }
            output.Write(count++ == 0 ? "\n  " : ",\n  ");
            output.Write(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
        }
        output.WriteLine(count == 0 ? "]" : "\n]");
        return count;
    }

    private long WriteTable(TextWriter output)
    {
        var rows = Values.Select(row => row.Select(v => v is null ? "NULL" : Text(v).ReplaceLineEndings(" ")).ToArray()).ToList();
        var right = Columns.Select((_, i) => Values is IReadOnlyList<IReadOnlyList<object?>> all && all.Any(r => r[i] is not null) && all.All(r => r[i] is null || IsNumber(r[i]!))).ToArray();
        var widths = Columns.Select((c, i) => Math.Max(c.Length, rows.Count == 0 ? 0 : rows.Max(r => r[i].Length))).ToArray();
        string Line(IEnumerable<string> cells) => string.Join("  ", cells.Select((c, i) => right[i] ? c.PadLeft(widths[i]) : c.PadRight(widths[i]))).TrimEnd();
        output.WriteLine(Line(Columns));
        output.WriteLine(string.Join("  ", widths.Select(w => new string('─', w))));
        foreach (var row in rows) output.WriteLine(Line(row));
        return rows.Count;
    }

    private static bool IsNumber(object value) => value is sbyte or byte or short or ushort or int or uint or long or ulong or Int128 or UInt128 or float or double or decimal;

    private static string Text(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTime { Kind: DateTimeKind.Utc } time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        byte[] bytes => $"\\x{Convert.ToHexStringLower(bytes)}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable => ToJson(value),
        _ => value.ToString() ?? "",
    };

    private static string ToJson(object value)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Indented)) WriteValue(json, value);
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case float number when !float.IsFinite(number): json.WriteNullValue(); break;
            case double number when !double.IsFinite(number): json.WriteNullValue(); break;
            case var number when IsNumber(number): json.WriteRawValue(Text(number)); break;
            case IDictionary<string, object?> fields:
                json.WriteStartObject();
                foreach (var (name, field) in fields)
                {
                    json.WritePropertyName(name);
                    WriteValue(json, field);
                }
                json.WriteEndObject();
                break;
            case not string and not byte[] and IEnumerable list:
                json.WriteStartArray();
                foreach (var item in list) WriteValue(json, item);
                json.WriteEndArray();
                break;
            default: json.WriteStringValue(Text(value)); break;
        }
    }

    /// <summary>A value in CSV; null is nothing, an empty text is quoted.</summary>
    public static string Quote(string? text) => text is null ? "" :
        text.AsSpan().IndexOfAny(",\"\r\n") >= 0 || text.Length == 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
