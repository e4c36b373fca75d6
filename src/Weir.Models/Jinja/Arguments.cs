namespace Weir.Models.Jinja;

/// <summary>The arguments of one call. A block's <c>caller</c> arrives as the keyword argument of that name.</summary>
internal sealed class Arguments(IReadOnlyList<object?> positional, IReadOnlyDictionary<string, object?> named)
{
    private static readonly Dictionary<string, object?> NoNames = [];

    public static readonly Arguments None = new([], NoNames);

    /// <summary>Positional arguments only; .NET values are converted.</summary>
    public static Arguments Of(params object?[] positional) => new([.. positional.Select(Native.From)], NoNames);

    public IReadOnlyList<object?> Positional { get; } = positional;

    /// <summary>Keyword arguments in the order they were written.</summary>
    public IReadOnlyDictionary<string, object?> Named { get; } = named;

    public int Count => Positional.Count + Named.Count;

    /// <summary>Whether the argument was given, by place or by name.</summary>
    public bool TryGet(int place, string name, out object? value)
    {
        if (place >= Positional.Count)
            return Named.TryGetValue(name, out value);
        value = Positional[place];
        return true;
    }

    /// <summary>The argument by place or name, or the fallback.</summary>
    public object? Get(int place, string name, object? fallback = null) => TryGet(place, name, out var value) ? value : fallback;

    /// <summary>The argument by place or name; a TypeError when missing.</summary>
    public object? Require(int place, string name) => TryGet(place, name, out var value)
        ? value
        : throw new JinjaException(JinjaErrorKind.Type, $"missing required argument '{name}' (position {place + 1})");

    public string GetText(int place, string name, string? fallback = null)
    {
        if (!TryGet(place, name, out var value))
            return fallback ?? throw new JinjaException(JinjaErrorKind.Type, $"missing required argument '{name}' (position {place + 1})");
        if (value is Undefined undefined)
            throw undefined.Fail();
        return value as string ?? throw new JinjaException(JinjaErrorKind.Type, $"argument '{name}' must be str, not {TypeNames.Of(value)}");
    }

    public int GetInt(int place, string name, int fallback) => TryGet(place, name, out var value) && value is not null ? Numbers.ToIndex(value) : fallback;

    public bool GetBool(int place, string name, bool fallback) => TryGet(place, name, out var value) ? Truth.Of(value) : fallback;

    /// <summary>A TypeError when there are more positional arguments than <paramref name="most"/>, or a keyword not among <paramref name="names"/>.</summary>
    public void Limit(string function, int most, params ReadOnlySpan<string> names)
    {
        if (Positional.Count > most)
            throw new JinjaException(JinjaErrorKind.Type, $"{function}() takes at most {most} argument(s) ({Positional.Count} given)");
        foreach (var name in Named.Keys)
            if (!names.Contains(name))
                throw new JinjaException(JinjaErrorKind.Type, $"{function}() got an unexpected keyword argument '{name}'");
    }
}
