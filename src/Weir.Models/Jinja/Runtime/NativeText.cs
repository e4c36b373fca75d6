namespace Weir.Models.Jinja;

internal enum NativeType { Text, Any, Bool, Number }

/// <summary>Text that a filter (<c>as_text as_native as_bool as_number</c>) asks to be read as a literal when the template is rendered natively.</summary>
internal sealed record NativeText(string Text, NativeType Type)
{
    public object? Convert()
    {
        if (Type == NativeType.Text)
            return Text;
        var value = PythonLiteral.TryParse(Text, out var parsed) ? parsed : Text;
        return Type switch
        {
            NativeType.Bool when value is not bool => throw Refuse("bool"),
            NativeType.Number when value is bool || !Numbers.IsNumber(value) => throw Refuse("number"),
            _ => value,
        };
    }

    public override string ToString() => Text;

    private JinjaException Refuse(string type) => new(JinjaErrorKind.Rendering, $"Could not convert value '{Text}' into type '{type}'");
}
