namespace Weir.Models.Jinja;

/// <summary><c>start:stop:step</c>; null is left out.</summary>
internal sealed record SliceBounds(object? Start, object? Stop, object? Step);

internal static class Slicing
{
    public static object? Of(object? value, SliceBounds bounds) => value switch
    {
        string text => CodePoints.Pick(text, Indices(CodePoints.Count(text), bounds)),
        List<object?> list => Indices(list.Count, bounds).Select(index => list[index]).ToList(),
        JinjaTuple tuple => new JinjaTuple([.. Indices(tuple.Count, bounds).Select(index => tuple[index])]),
        JinjaRange range when Bounds(range.Count, bounds) is var (start, stop, step) => range.Slice(start, stop, step),
        _ => Undefined.Member(value, bounds),
    };

    private static IEnumerable<int> Indices(int count, SliceBounds bounds)
    {
        var (start, stop, step) = Bounds(count, bounds);
        for (long index = start; step > 0 ? index < stop : index > stop; index += step)
            yield return (int)index;
    }

    private static (int Start, int Stop, int Step) Bounds(int count, SliceBounds bounds)
    {
        var step = bounds.Step is null ? 1 : Numbers.ToIndex(bounds.Step);
        if (step == 0)
            throw new JinjaException(JinjaErrorKind.Value, "slice step cannot be zero");
        var (lowest, highest) = step > 0 ? (0, count) : (-1, count - 1);
        var start = bounds.Start is null ? (step > 0 ? lowest : highest) : Clamp(bounds.Start);
        var stop = bounds.Stop is null ? (step > 0 ? highest : lowest) : Clamp(bounds.Stop);
        return (start, stop, step);

        int Clamp(object given)
        {
            var index = Numbers.ToIndex(given);
            return Math.Clamp(index < 0 ? index + count : index, lowest, Math.Max(lowest, highest));
        }
    }
}
