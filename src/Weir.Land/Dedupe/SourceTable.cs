using Weir.Sources;

namespace Weir.Land.Dedupe;

/// <summary>Sources by number, with the rule their ids follow. Numbers are given once and never again, so that runs can hold them.</summary>
internal sealed class SourceTable
{
    private readonly List<SourceRule> sources;
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    public SourceTable(IEnumerable<SourceRule> known)
    {
        sources = [.. known];
        for (var i = 0; i < sources.Count; i++) numbers.Add(sources[i].Name, i);
    }

    public IReadOnlyList<SourceRule> All => sources;

    public int NumberOf(string name) => numbers.TryGetValue(name, out var number) ? number : -1;

    public DedupeRule RuleOf(int number) => sources[number].Rule;

    /// <summary>Gives numbers to sources that have none; false if one of them now follows another rule than its remembered ids do.</summary>
    public bool TryAdd(IEnumerable<SourceRule> declared)
    {
        foreach (var source in declared)
        {
            if (numbers.TryGetValue(source.Name, out var number))
            {
                if (sources[number].Rule != source.Rule) return false;
                continue;
            }
            Add(source);
        }
        return true;
    }

    /// <summary>
    /// The number of a source that the lake has rows of. One that the project no longer declares is remembered under the default rule,
    /// for the day it is declared again.
    /// </summary>
    public int NumberOfLanded(string name) => numbers.TryGetValue(name, out var number) ? number : Add(new SourceRule(name, DedupeRule.IdAndClientHour));

    private int Add(SourceRule source)
    {
        numbers.Add(source.Name, sources.Count);
        sources.Add(source);
        return sources.Count - 1;
    }
}

/// <summary>A source and its rule.</summary>
internal sealed record SourceRule(string Name, DedupeRule Rule);
