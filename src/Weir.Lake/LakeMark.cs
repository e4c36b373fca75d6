using System.Text.Json;

namespace Weir.Lake;

/// <summary>What a reader keeps of the lake it read, so that <see cref="LakeRows.Since"/> can tell what landed after it: however long ago that was, and whatever was compacted meanwhile.</summary>
/// <param name="Lake">The lake's <see cref="LakeStore.Id"/>; empty for one without a commit.</param>
/// <param name="Version">The ledger's version.</param>
/// <param name="Positions">By stream id: the next position to land.</param>
public sealed record LakeMark(string Lake, long Version, IReadOnlyDictionary<string, long> Positions)
{
    /// <summary>The mark of a snapshot.</summary>
    public static LakeMark Of(LakeStore lake, Snapshot snapshot) => new(lake.Id ?? "", snapshot.LedgerVersion, snapshot.Positions);

    /// <summary>The mark as JSON text.</summary>
    public string ToText() => JsonSerializer.Serialize(this);

    /// <summary>Reads what <see cref="ToText"/> gave; null if it is something else.</summary>
    public static LakeMark? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<LakeMark>(text) is { Lake: not null, Positions: not null } mark ? mark : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
