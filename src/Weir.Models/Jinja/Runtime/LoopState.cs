namespace Weir.Models.Jinja;

/// <summary>The <c>loop</c> variable.</summary>
internal sealed class LoopState(List<object?> items, int depth, Func<object?, string>? recurse) : IJinjaObject, IJinjaCallable
{
    private int _index;
    private JinjaTuple? _last;

    public string TypeName => "LoopContext";

    public object? Current => items[_index];

    public bool Advance() => ++_index < items.Count;

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "index" => _index + 1L,
            "index0" => (long)_index,
            "revindex" => (long)items.Count - _index,
            "revindex0" => items.Count - _index - 1L,
            "first" => _index == 0,
            "last" => _index == items.Count - 1,
            "length" => (long)items.Count,
            "depth" => (long)depth,
            "depth0" => depth - 1L,
            "previtem" => _index > 0 ? items[_index - 1] : new Undefined("there is no previous item"),
            "nextitem" => _index + 1 < items.Count ? items[_index + 1] : new Undefined("there is no next item"),
            "cycle" => new Function("cycle", Cycle),
            "changed" => new Function("changed", arguments => Changed(arguments)),
            _ => this,
        };
        return !ReferenceEquals(value, this);
    }

    public object? Call(Arguments arguments) => recurse is null
        ? throw new JinjaException(JinjaErrorKind.Type, "The loop must have the 'recursive' marker to be called recursively.")
        : recurse(arguments.Require(0, "iterable"));

    public override string ToString() => $"<LoopContext {_index + 1}/{items.Count}>";

    private object? Cycle(Arguments arguments) => arguments.Positional.Count == 0
        ? throw new JinjaException(JinjaErrorKind.Type, "no items for cycling given")
        : arguments.Positional[_index % arguments.Positional.Count];

    private bool Changed(Arguments arguments)
    {
        var values = new JinjaTuple([.. arguments.Positional]);
        if (_last is not null && Equality.Same(_last, values))
            return false;
        _last = values;
        return true;
    }
}
