using System.Collections;

namespace Weir.Models.Jinja;

/// <summary>A lazy sequence that can be walked only once and has no length, as <c>map</c> and <c>select</c> give.</summary>
internal sealed class Generator(IEnumerable<object?> items) : IEnumerable<object?>
{
    private IEnumerator<object?>? _items;

    public IEnumerator<object?> GetEnumerator()
    {
        _items ??= items.GetEnumerator();
        while (_items.MoveNext())
            yield return _items.Current;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => "<generator object>";
}
