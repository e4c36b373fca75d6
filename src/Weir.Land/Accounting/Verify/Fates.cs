using System.Globalization;
using System.Numerics;
using Weir.Events;

namespace Weir.Land.Accounting.Verify;

/// <summary>What became of each ordinal of a stream's part, as the data says: rows in the lake, rows in quarantine, the ledger's runs.</summary>
internal sealed class Fates(long from, long to)
{
    private readonly PositionSet landed = new(from, to), quarantined = new(from, to), listed = new(from, to), twice = new(from, to);

    public long From => from;

    public long To => to;

    public long Twice { get; private set; }

    public void AddLanded(long position) => Add(landed, position);

    public void AddQuarantined(long position) => Add(quarantined, position);

    public long Landed(long first, long end) => landed.Count(first, end);

    public long Quarantined(long first, long end) => quarantined.Count(first, end);

    /// <summary>Adds the ledger's runs (<c>3-5,9</c>) of a row; gives how many, and whether all lie within the row.</summary>
    public (long Count, bool Within) AddRuns(string runs, long first, long end)
    {
        var (count, within) = (0L, true);
        foreach (var run in Parse(runs))
        {
            count += run.To - run.From;
            within &= run.From >= first && run.To <= end;
            for (var at = Math.Max(run.From, from); at < Math.Min(run.To, to); at++) Add(listed, at);
        }
        return (count, within);
    }

    /// <summary>Adds positions whose rows left the tables they had landed in, and quarantine: theirs is the fate that they had.</summary>
    public void AddGone(string landedRuns, string quarantinedRuns)
    {
        foreach (var (runs, set) in new[] { (landedRuns, landed), (quarantinedRuns, quarantined) })
            foreach (var run in Parse(runs))
                for (var at = Math.Max(run.From, from); at < Math.Min(run.To, to); at++) Add(set, at);
    }

    /// <summary>Stretches of a range that have no fate.</summary>
    public IEnumerable<OrdinalRange> Without(long first, long end) =>
        Runs(landed.Words(first, end).Select(w => (w.Position, w.Mask & ~(landed.Word(w.Position) | quarantined.Word(w.Position) | listed.Word(w.Position)))));

    /// <summary>Stretches that have more than one.</summary>
    public IEnumerable<OrdinalRange> Doubled() =>
        Twice == 0 ? [] : Runs(twice.Words(from, to).Select(w => (w.Position, w.Mask & twice.Word(w.Position))));

    public static IEnumerable<OrdinalRange> Parse(string runs)
    {
        foreach (var run in runs.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var dash = run.IndexOf('-', StringComparison.Ordinal);
            var first = long.Parse(dash < 0 ? run : run[..dash], CultureInfo.InvariantCulture);
            yield return new(first, (dash < 0 ? first : long.Parse(run[(dash + 1)..], CultureInfo.InvariantCulture)) + 1);
        }
    }

    private void Add(PositionSet set, long position)
    {
        var isFirst = !landed.Contains(position) && !quarantined.Contains(position) && !listed.Contains(position);
        set.Add(position);
        if (!isFirst && twice.Add(position)) Twice++;
    }

    private IEnumerable<OrdinalRange> Runs(IEnumerable<(long Position, ulong Bits)> words)
    {
        OrdinalRange? open = null;
        foreach (var (position, bits) in words)
        {
            var start = position - ((position - from) & 63);
            for (var left = bits; left != 0; left &= left - 1)
            {
                var at = start + BitOperations.TrailingZeroCount(left);
                if (open is { } run && run.To == at)
                {
                    open = run with { To = at + 1 };
                    continue;
                }
                if (open is { } done) yield return done;
                open = new(at, at + 1);
            }
        }
        if (open is { } last) yield return last;
    }
}
