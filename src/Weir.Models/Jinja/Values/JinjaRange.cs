using System.Collections;

namespace Weir.Models.Jinja;

/// <summary><c>range(start, stop, step)</c>.</summary>
internal sealed class JinjaRange(int start, int stop, int step) : IReadOnlyList<object?>
{
    public int Count { get; } = (int)Math.Max(0, step > 0 ? ((long)stop - start + step - 1) / step : ((long)start - stop - step - 1) / -(long)step);

    public object? this[int index] => start + ((long)index * step);

    /// <summary>The part a slice's indices pick, still a range.</summary>
    public JinjaRange Slice(int from, int to, int by) => new(start + (from * step), start + (to * step), step * by);

    public IEnumerator<object?> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => step == 1 ? $"range({start}, {stop})" : $"range({start}, {stop}, {step})";
}
