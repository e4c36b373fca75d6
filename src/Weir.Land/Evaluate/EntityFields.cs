using System.Text;
using System.Text.Json;
using Weir.Events;
using Weir.Sources;

namespace Weir.Land.Evaluate;

/// <summary>Reads a source's declared fields out of a CSV record or a JSON object. Columns and members that are not declared are not read.</summary>
internal sealed class EntityFields(SourceDefinition source, JsonCheck check)
{
    private readonly LocalTimes?[] zones = [.. source.Fields.Select(f => LocalTimes.Of(f.TimeZone ?? source.TimeZone, source))];

    public EntityRow Read(CsvColumns sent, Faults faults) =>
        new(ReadAll((field, zone) => sent[field.From] is { } text ? FromText(field, zone, text, JsonPath.Column(field.From), faults) : null, f => JsonPath.Column(f.From), faults));

    public EntityRow Read(JsonMembers sent, Faults faults) =>
        new(ReadAll((field, zone) => FromJson(field, zone, sent, faults), f => $"$.{f.From}", faults));

    private object?[] ReadAll(Func<FieldDefinition, LocalTimes?, object?> read, Func<FieldDefinition, string> path, Faults faults)
    {
        var values = new object?[source.Fields.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var field = source.Fields[i];
            values[i] = read(field, zones[i]);
            if (values[i] is null or "" && field.Required) faults.Add(QuarantineReasons.MissingField, $"{path(field)}: required, and missing or empty");
        }
        return values;
    }

    private object? FromJson(FieldDefinition field, LocalTimes? zone, JsonMembers sent, Faults faults)
    {
        var (value, path) = NestedMembers.Find(sent, field.From);
        if (value.IsAbsent) return null;
        var read = (field.Type.Kind, value.Kind) switch
        {
            (FieldKind.Json, _) => value.GetText(),
            (_, JsonTokenType.String) => FromText(field, zone, value.GetString(), path, faults),
            (FieldKind.Varchar, JsonTokenType.Number) when value.Text.Span.IndexOfAny(".eE"u8) < 0 => value.GetText(),
            (FieldKind.Integer or FieldKind.BigInt or FieldKind.Decimal or FieldKind.Double, JsonTokenType.Number) => FieldText.Number(value.GetText(), field.Type, path, faults),
            (FieldKind.Boolean, JsonTokenType.True) => true,
            (FieldKind.Boolean, JsonTokenType.False) => false,
            _ => null,
        };
        if (read is null) faults.Add(QuarantineReasons.WrongType, $"{path}: expected {field.Type.Sql}, got {MemberReader.KindOf(value)}");
        return read;
    }

    private object? FromText(FieldDefinition field, LocalTimes? zone, string text, string path, Faults faults) => field.Type.Kind switch
    {
        FieldKind.Varchar => text,
        FieldKind.Json => FromJsonText(text, path, faults),
        FieldKind.Boolean => FieldText.Boolean(text, path, faults),
        FieldKind.Date => FieldText.Date(text, field.Format, path, faults),
        FieldKind.Timestamp => FieldText.Timestamp(text, field.Format, zone, path, faults),
        _ => FieldText.Number(text, field.Type, path, faults),
    };

    private string? FromJsonText(string text, string path, Faults faults)
    {
        if (check.Find(Encoding.UTF8.GetBytes(text)) is not { } fault) return text;
        faults.Add(fault.Reason, $"{path}: {fault.Detail}");
        return null;
    }
}
