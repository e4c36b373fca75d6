using Weir.Land.Evaluate;
using Weir.Sources;

namespace Weir.Land.Trace;

/// <summary>What to trace.</summary>
/// <param name="Id">An event's id, as the lake has it or as a client sent it.</param>
/// <param name="Source">Only copies of this source; null: of every one.</param>
public sealed record TraceRequest(string Id, string? Source)
{
    /// <summary>The id as each source's events would bear it: a client's id that is no UUID becomes one that its source is part of.</summary>
    internal IReadOnlyDictionary<string, Guid> IdsBySource(IEnumerable<SourceDefinition> sources) =>
        sources.Where(s => Source is null || s.Name == Source).ToDictionary(s => s.Name, s => EventIds.FromClient(s.Name, Id), StringComparer.Ordinal);
}

/// <summary>What a trace has found.</summary>
/// <param name="Copies">In order of receipt.</param>
/// <param name="UnknownDuplicates">Duplicates of these sources whose bytes were removed after landing: which ids they had is not known any more.</param>
/// <param name="Problems">Streams that cannot be read, a sentence each.</param>
public sealed record TraceResult(IReadOnlyList<TracedCopy> Copies, long UnknownDuplicates, IReadOnlyList<string> Problems);
