namespace Weir.Models.Jinja;

/// <summary>
/// A value with attributes given by the host. <c>ToString</c> is its text; what is also <c>IEnumerable&lt;object?&gt;</c> can be looped over, what is
/// also <c>IReadOnlyCollection&lt;object?&gt;</c> has a length, what is also <see cref="IJinjaCallable"/> can be called.
/// </summary>
internal interface IJinjaObject
{
    /// <summary>The name of its type in messages and in <c>'x' has no attribute</c>.</summary>
    string TypeName => GetType().Name;

    bool TryGetAttribute(string name, out object? value);

    bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return false;
    }
}

/// <summary>A value that can be called with positional and keyword arguments.</summary>
internal interface IJinjaCallable
{
    object? Call(Arguments arguments);
}
