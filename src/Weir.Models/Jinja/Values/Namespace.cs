namespace Weir.Models.Jinja;

/// <summary><c>namespace(a=1)</c>: the only value whose attributes a template may set.</summary>
internal sealed class Namespace(JinjaDict values) : IJinjaObject
{
    public string TypeName => "Namespace";

    public object? this[string name]
    {
        set => values[name] = value;
    }

    public bool TryGetAttribute(string name, out object? value) => values.TryGetValue(name, out value);

    public bool TryGetItem(object? key, out object? value) => values.TryGetValue(key, out value);

    public override string ToString() => $"<Namespace {Repr.Of(values)}>";
}
