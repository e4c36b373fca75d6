namespace Weir.Models.Jinja;

/// <summary>Collects the parts of a template rendered to a value.</summary>
internal sealed class NativeOutput : Output
{
    private readonly List<object?> _parts = [];
    private bool _lastIsConstant;

    public override void Text(string text) => Constant(text);

    public override void Value(object? value, bool isConstant)
    {
        if (isConstant && value is not NativeText)
        {
            Constant(Str.Of(value));
            return;
        }
        _parts.Add(value);
        _lastIsConstant = false;
    }

    public object? Result() => _parts switch
    {
        [] => "",
        [NativeText text] => text.Convert(),
        [var only] => only,
        _ => string.Concat(_parts.Select(Str.Of)),
    };

    /// <summary>Constants beside each other are one part, as Jinja's compiler makes of them.</summary>
    private void Constant(string text)
    {
        if (text.Length == 0 && _parts.Count > 0)
            return;
        if (_lastIsConstant)
            _parts[^1] = (string?)_parts[^1] + text;
        else
            _parts.Add(text);
        _lastIsConstant = true;
    }
}
