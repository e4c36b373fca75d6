using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Weir.Models.Jinja;

/// <summary>A dictionary that keeps the order of insertion. Keys compare as in Python: 1, 1.0 and true are one key; lists are no keys.</summary>
internal sealed class JinjaDict : IEnumerable<KeyValuePair<object?, object?>>
{
    private readonly OrderedDictionary<Key, object?> _items = [];

    public JinjaDict()
    {
    }

    public JinjaDict(IEnumerable<KeyValuePair<object?, object?>> items)
    {
        foreach (var (key, value) in items)
            this[key] = value;
    }

    public int Count => _items.Count;

    public IEnumerable<object?> Keys => _items.Keys.Select(key => key.Value);

    public IEnumerable<object?> Values => _items.Values;

    /// <summary>Reading a missing key gives none (null).</summary>
    [SuppressMessage("Design", "CA1065", Justification = "An unhashable key is the template's error and is told as such.")]
    public object? this[object? key]
    {
        get => _items.GetValueOrDefault(Key.Of(key));
        set => _items[Key.Of(key)] = value;
    }

    public bool TryGetValue(object? key, out object? value) => _items.TryGetValue(Key.Of(key), out value);

    public bool ContainsKey(object? key) => _items.ContainsKey(Key.Of(key));

    public bool Remove(object? key) => _items.Remove(Key.Of(key));

    public void Clear() => _items.Clear();

    public IEnumerator<KeyValuePair<object?, object?>> GetEnumerator() =>
        _items.Select(item => KeyValuePair.Create(item.Key.Value, item.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private readonly struct Key(object? value) : IEquatable<Key>
    {
        public object? Value { get; } = value;

        public static Key Of(object? value)
        {
            if (value is List<object?> or JinjaDict)
                throw new JinjaException(JinjaErrorKind.Type, $"unhashable type: '{TypeNames.Of(value)}'");
            return new Key(value);
        }

        public bool Equals(Key other) => Equality.Same(Value, other.Value);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() => Equality.Hash(Value);
    }
}
