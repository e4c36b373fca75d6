using System.Text.Json;
using Weir.Land.Evaluate;

namespace Weir.Land.Contracts.Reading;

/// <summary>A member of an object in a file: its name, where that stands, its value.</summary>
internal sealed record SourceMember(string Name, int Offset, SourceValue Value);

/// <summary>A value in a file, with where it stands.</summary>
internal sealed class SourceValue(
    SourceFile file, int offset, JsonTokenType kind, ReadOnlyMemory<byte> text, IReadOnlyList<SourceMember> members, IReadOnlyList<SourceValue> items)
{
    private JsonElement? element;

    public SourceFile File => file;

    /// <summary>File, line and column.</summary>
    public string Place => file.PlaceOf(offset);

    public int Offset => offset;

    public bool IsObject => kind == JsonTokenType.StartObject;

    public bool IsArray => kind == JsonTokenType.StartArray;

    /// <summary>An object's members, in the file's order.</summary>
    public IReadOnlyList<SourceMember> Members => members;

    /// <summary>An array's elements.</summary>
    public IReadOnlyList<SourceValue> Items => items;

    /// <summary>The value itself.</summary>
    public JsonElement Element => element ??= JsonDocument.Parse(text, DeepJson.Options).RootElement;

    /// <summary>A text; null: it is none.</summary>
    public string? AsText => kind == JsonTokenType.String ? Element.GetString() : null;

    public bool? AsBoolean => kind switch { JsonTokenType.True => true, JsonTokenType.False => false, _ => null };

    /// <summary>A number, exact; null: it is none.</summary>
    public ExactNumber? AsNumber => kind == JsonTokenType.Number && ExactNumber.TryParse(Element.GetRawText(), out var number) ? number : null;

    /// <summary>A whole number that is not negative; null: it is none.</summary>
    public int? AsCount => AsNumber is { } number && number.TryToInt64(out var whole) && whole is >= 0 and <= int.MaxValue ? (int)whole : null;

    public SourceValue? this[string name] => members.FirstOrDefault(m => m.Name == name)?.Value;

    public void Mistake(string what) => file.Mistake(offset, what);

    /// <summary>A member's text; a mistake if it is anything else, or required and not there.</summary>
    public string? Text(string name, bool required = false)
    {
        if (this[name] is not { } value)
        {
            if (required) Mistake($"'{name}' is missing");
            return null;
        }
        if (value.AsText is { Length: > 0 } text) return text;
        value.Mistake($"'{name}' must be a text that is not empty");
        return null;
    }

    /// <summary>Notes members that are not known here.</summary>
    public void RejectUnknown(IReadOnlyCollection<string> known, string where)
    {
        foreach (var member in members.Where(m => !known.Contains(m.Name)))
        {
            var near = Spelling.Nearest(member.Name, known);
            file.Mistake(member.Offset, $"'{member.Name}' is not known {where}; {(near is null ? $"known are {string.Join(", ", known)}" : $"did you mean '{near}'?")}");
        }
    }
}
