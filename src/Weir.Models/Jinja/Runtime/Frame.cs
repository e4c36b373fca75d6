namespace Weir.Models.Jinja;

/// <summary>The variables of one block of a running template; blocks that scope (loops, macros, with) open a frame of their own.</summary>
internal sealed class Frame
{
    private readonly Frame? _parent;
    private Dictionary<string, object?>? _values;

    public Frame(Scope scope, string file)
    {
        Scope = scope;
        File = file;
    }

    public Frame(Frame parent)
    {
        _parent = parent;
        Scope = parent.Scope;
        File = parent.File;
        IsNative = parent.IsNative;
    }

    public Scope Scope { get; }

    public string File { get; }

    public bool IsNative { get; init; }

    public void Set(string name, object? value) => (_values ??= [])[name] = value;

    public object? Get(string name)
    {
        for (var frame = this; frame is not null; frame = frame._parent)
            if (frame._values is not null && frame._values.TryGetValue(name, out var value))
                return value;
        return Scope.TryGet(name, out var found) ? found : Undefined.Name(name);
    }
}
