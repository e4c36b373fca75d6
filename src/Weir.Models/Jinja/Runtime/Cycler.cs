namespace Weir.Models.Jinja;

/// <summary><c>cycler(a, b)</c>: gives its items in turn.</summary>
internal sealed class Cycler(IReadOnlyList<object?> items) : IJinjaObject
{
    private int _at;

    public string TypeName => "Cycler";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "current" => items[_at],
            "next" => new Function("next", _ => Next()),
            "reset" => new Function("reset", _ => Reset()),
            _ => this,
        };
        return !ReferenceEquals(value, this);
    }

    private object? Reset()
    {
        _at = 0;
        return null;
    }

    private object? Next()
    {
        var item = items[_at];
        _at = (_at + 1) % items.Count;
        return item;
    }
}

/// <summary><c>joiner(', ')</c>: empty at its first call, then the separator.</summary>
internal sealed class Joiner(string separator) : IJinjaCallable
{
    private bool _isUsed;

    public object? Call(Arguments arguments)
    {
        var text = _isUsed ? separator : "";
        _isUsed = true;
        return text;
    }
}
