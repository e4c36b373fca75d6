using System.Numerics;

namespace Weir.Generate.Load;

/// <summary>How long requests took, in steps of a sixteenth: constant memory for any number of them. Safe for several threads.</summary>
internal sealed class Latencies
{
    private const int Steps = 16;
    private readonly long[] counts = new long[48 * Steps];

    public void Add(TimeSpan taken) => Interlocked.Increment(ref counts[StepOf((long)taken.TotalMicroseconds)]);

    /// <summary>The time within which a share of the requests was answered; null: there were none.</summary>
    public TimeSpan? Percentile(double share)
    {
        var total = counts.Sum();
        if (total == 0) return null;
        var rank = Math.Max(1, (long)Math.Ceiling(total * share));
        var step = 0;
        for (var seen = counts[0]; seen < rank; seen += counts[step]) step++;
        return TimeSpan.FromMicroseconds(Top(step));
    }

    private static int StepOf(long micros)
    {
        if (micros < Steps) return (int)Math.Max(0, micros);
        var power = BitOperations.Log2((ulong)micros); // 4 and more
        return ((power - 3) * Steps) + (int)((micros >> (power - 4)) & (Steps - 1));
    }

    /// <summary>The first length beyond a step.</summary>
    private static double Top(int step) => step < Steps ? step + 1 : Math.ScaleB(Steps + (step % Steps) + 1, (step / Steps) - 1);
}
