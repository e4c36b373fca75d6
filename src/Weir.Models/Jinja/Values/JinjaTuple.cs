using System.Collections;

namespace Weir.Models.Jinja;

/// <summary>An immutable sequence; equal to another by its items.</summary>
internal class JinjaTuple(params object?[] items) : IReadOnlyList<object?>
{
    public int Count => items.Length;

    public object? this[int index] => items[index];

    public IEnumerator<object?> GetEnumerator() => ((IEnumerable<object?>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>One group of <c>groupby</c>: a pair whose parts also have names.</summary>
internal sealed class Group(object? grouper, List<object?> list) : JinjaTuple(grouper, list)
{
    public object? Grouper { get; } = grouper;

    public List<object?> List { get; } = list;
}
