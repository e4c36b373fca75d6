using System.Text;

namespace Weir.Models.Jinja;

/// <summary>Where a template writes its text.</summary>
internal class Output
{
    private readonly StringBuilder _text = new();

    public virtual void Text(string text) => _text.Append(text);

    /// <summary>Writes a value; a constant is one known when the template was parsed.</summary>
    public virtual void Value(object? value, bool isConstant) => _text.Append(Str.Of(value));

    public override string ToString() => _text.ToString();
}
