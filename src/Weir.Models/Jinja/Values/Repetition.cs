namespace Weir.Models.Jinja;

/// <summary>A sequence times a number.</summary>
internal static class Repetition
{
    private const int LongestResult = 100_000_000;

    public static object Of(object? sequence, int times)
    {
        times = Math.Max(times, 0);
        if (Sequences.Length(sequence) * times > LongestResult)
            throw new JinjaException(JinjaErrorKind.Overflow, $"repeated sequence is longer than {LongestResult} items");
        return sequence switch
        {
            string text => string.Concat(Enumerable.Repeat(text, times)),
            JinjaTuple tuple => new JinjaTuple([.. Enumerable.Repeat(tuple, times).SelectMany(items => items)]),
            _ => Enumerable.Repeat((List<object?>)sequence!, times).SelectMany(items => items).ToList(),
        };
    }
}
