using System.Text.Json;
using Weir.Accounting;
using Weir.Lake;

namespace Weir.Land.Accounting.Verify;

/// <summary>What the log says of a data file.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Add">The log's entry.</param>
/// <param name="Source">The source it belongs to; null: perhaps several.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="First">The lowest ordinal; 0 if not known.</param>
/// <param name="Last">The highest; 0 if not known.</param>
/// <param name="From">The earliest receive time; null: not known.</param>
/// <param name="To">The latest.</param>
internal sealed record FileFacts(string Path, AddFile Add, string? Source, long? Rows, long First, long Last, DateTime? From, DateTime? To)
{
    public static FileFacts Read(TableSnapshot table, AddFile file)
    {
        var path = LakeFiles.PathOf(table, file);
        var source = file.PartitionValues.GetValueOrDefault("source");
        if (file.Stats is null) return new(path, file, source, null, 0, 0, null, null);
        using var stats = JsonDocument.Parse(file.Stats);
        long Number(string bound) => Find(stats.RootElement, bound, "_position") is { } value ? value.GetInt64() : 0;
        DateTime? Time(string bound) => Find(stats.RootElement, bound, "received_at") is { } value ? value.GetDateTime().ToUniversalTime() : null;
        long? rows = stats.RootElement.TryGetProperty("numRecords", out var count) ? count.GetInt64() : null;
        return new(path, file, source, rows, Number("minValues"), Number("maxValues"), Time("minValues"), Time("maxValues"));
    }

    /// <summary>Whether it can hold anything of a scope.</summary>
    public bool IsIn(VerifyScope scope) =>
        (scope.Source is null || Source is null || Source == scope.Source) && (scope.To is null || From is null || From < scope.To) && (scope.From is null || To is null || To >= scope.From);

    private static JsonElement? Find(JsonElement stats, string bound, string column) =>
        stats.TryGetProperty(bound, out var values) && values.TryGetProperty(column, out var value) ? value : null;
}
