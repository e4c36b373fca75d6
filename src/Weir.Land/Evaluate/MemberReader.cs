using System.Text.Json;
using Weir.Events;

namespace Weir.Land.Evaluate;

/// <summary>Reads typed values from JSON members; what does not fit is noted as a fault and read as absent.</summary>
internal sealed class MemberReader(Faults faults)
{
    public Faults Faults => faults;

    /// <summary>A text; whole numbers are taken as written, since many systems send numeric ids.</summary>
    public string? Text(JsonMembers parent, string name) => Text(parent[name], parent, name);

    /// <summary>An id: as a text, but an empty one is none.</summary>
    public string? Id(JsonMembers parent, string name) => Text(parent, name) is { } id && !string.IsNullOrWhiteSpace(id) ? id : null;

    /// <summary>An object; one without members if there is none.</summary>
    public JsonMembers Object(JsonMembers parent, string name)
    {
        var value = parent[name];
        if (value.IsAbsent) return JsonMembers.None;
        var path = JsonPath.Member(parent.Path, name);
        if (value.Kind == JsonTokenType.StartObject) return JsonMembers.Read(value.Text, path);
        faults.Add(QuarantineReasons.WrongType, $"{path}: expected an object, got {KindOf(value)}");
        return JsonMembers.None;
    }

    /// <summary>INTEGER.</summary>
    public int? Integer(JsonMembers parent, string name)
    {
        if (Number(parent, name) is not { } number) return null;
        if (number.TryToInt64(out var value) && value is >= int.MinValue and <= int.MaxValue) return (int)value;
        faults.Add(QuarantineReasons.OutOfRange, $"{JsonPath.Member(parent.Path, name)}: not a whole number of 32 bits");
        return null;
    }

    /// <summary>DECIMAL(18,4).</summary>
    public decimal? Money(JsonMembers parent, string name)
    {
        if (Number(parent, name) is not { } number) return null;
        if (number.TryToDecimal(18, 4, out var value)) return value;
        faults.Add(QuarantineReasons.OutOfRange, $"{JsonPath.Member(parent.Path, name)}: more digits than DECIMAL(18,4) holds");
        return null;
    }

    /// <summary>A JSON value's kind, in words.</summary>
    public static string KindOf(JsonValue value) => value.Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        _ => "null",
    };

    private string? Text(JsonValue value, JsonMembers parent, string name)
    {
        if (value.IsAbsent) return null;
        if (value.Kind == JsonTokenType.String) return value.GetString();
        if (value.Kind == JsonTokenType.Number && value.Text.Span.IndexOfAny(".eE"u8) < 0) return value.GetText();
        faults.Add(QuarantineReasons.WrongType, $"{JsonPath.Member(parent.Path, name)}: expected a string or a whole number, got {KindOf(value)}");
        return null;
    }

    private ExactNumber? Number(JsonMembers parent, string name)
    {
        var value = parent[name];
        if (value.IsAbsent) return null;
        var text = value.Kind switch { JsonTokenType.Number => value.GetText(), JsonTokenType.String => value.GetString(), _ => "" };
        if (ExactNumber.TryParse(text, out var number)) return number;
        faults.Add(QuarantineReasons.WrongType, $"{JsonPath.Member(parent.Path, name)}: expected a number, got {KindOf(value)}");
        return null;
    }
}
