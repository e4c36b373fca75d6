using Weir.Accounting;

namespace Weir.Land.Accounting.Verify;

/// <summary>Collects faults; of the many that one cause can have, the first ones, and then how many more.</summary>
internal sealed class FaultList
{
    private const int Each = 20;
    private readonly List<VerifyFault> faults = [];
    private readonly Dictionary<(string Stream, string Kind), (int Count, long Ordinals, VerifyFault Last)> kinds = [];

    public void Add(string kind, VerifyFault fault)
    {
        var (count, ordinals, _) = kinds.GetValueOrDefault((fault.Stream, kind));
        if (count < Each) faults.Add(fault);
        else ordinals += fault.To - fault.From;
        kinds[(fault.Stream, kind)] = (count + 1, ordinals, fault);
    }

    public IReadOnlyList<VerifyFault> ToList() =>
    [
        .. faults.Concat(kinds.Values.Where(k => k.Count > Each)
            .Select(k => k.Last with { What = $"and {k.Count - Each} more ranges like it, {k.Ordinals} ordinals together, up to here: {k.Last.What}" }))
            .OrderBy(f => f.Source, StringComparer.Ordinal).ThenBy(f => f.Stream, StringComparer.Ordinal).ThenBy(f => f.From),
    ];
}
