using System.Text.Json;
using Weir.Models.Artifacts;

namespace Weir.Models.Select;

/// <summary>The artifacts of an earlier run in a folder: <c>manifest.json</c>, <c>run_results.json</c>, <c>sources.json</c>; dbt's or Weir's.</summary>
internal sealed class PreviousRun(string folder)
{
    private static readonly string[] Sections = ["nodes", "sources", "exposures", "unit_tests"];
    private readonly Lazy<JsonElement?> manifest = new(() => Read(folder, Manifest.FileName));
    private readonly Lazy<JsonElement?> results = new(() => Read(folder, RunResults.FileName));
    private readonly Lazy<JsonElement?> sources = new(() => Read(folder, "sources.json"));
    private Dictionary<string, JsonElement>? nodes;

    public bool HasManifest => manifest.Value is not null;

    public IReadOnlyDictionary<string, JsonElement> Nodes => nodes ??= Sections.Where(section => OldManifest.TryGetProperty(section, out _))
        .SelectMany(section => OldManifest.GetProperty(section).EnumerateObject()).DistinctBy(node => node.Name).ToDictionary(node => node.Name, node => node.Value);

    /// <summary>The text of each macro.</summary>
    public IReadOnlyDictionary<string, string> Macros => OldManifest.GetProperty("macros").EnumerateObject().ToDictionary(macro => macro.Name, macro => macro.Value.GetProperty("macro_sql").GetString() ?? "");

    /// <summary>dbt's status of each node.</summary>
    /// <exception cref="WeirException">WEIR7043: there is no run_results.json.</exception>
    public IReadOnlyDictionary<string, string> Statuses => Results.GetProperty("results").EnumerateArray()
        .GroupBy(result => result.GetProperty("unique_id").GetString()!).ToDictionary(group => group.Key, group => group.Last().GetProperty("status").GetString() ?? "");

    /// <summary>What run_results.json says of the command: its arguments.</summary>
    public JsonElement Arguments => Results.GetProperty("args");

    /// <summary>The batches that failed of models that were published in part, by unique id.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<(DateTime Start, DateTime End)>> FailedBatches => Results.GetProperty("results").EnumerateArray()
        .Where(result => result.GetProperty("status").GetString() == "partial success")
        .ToDictionary(result => result.GetProperty("unique_id").GetString()!, result => (IReadOnlyList<(DateTime, DateTime)>)
            [.. result.GetProperty("batch_results").GetProperty("failed").EnumerateArray().Select(batch => (batch[0].GetDateTimeOffset().UtcDateTime, batch[1].GetDateTimeOffset().UtcDateTime))]);

    /// <summary>The latest time of each source's rows; sources that could not be asked are missing.</summary>
    /// <exception cref="WeirException">WEIR7043: there is no sources.json.</exception>
    public IReadOnlyDictionary<string, string> LoadedAt => (sources.Value ?? throw Missing("sources.json", "`weir source freshness`")).GetProperty("results").EnumerateArray()
        .Where(result => result.TryGetProperty("max_loaded_at", out _)).ToDictionary(result => result.GetProperty("unique_id").GetString()!, result => result.GetProperty("max_loaded_at").GetString() ?? "");

    private JsonElement OldManifest => manifest.Value ?? throw Missing(Manifest.FileName, "every command");

    private JsonElement Results => results.Value ?? throw Missing(RunResults.FileName, "`weir build`");

    private WeirException Missing(string file, string from) =>
        new("WEIR7043", $"there is no {file} in {Path.GetFullPath(folder)}: there is nothing to compare with. {from} writes one to target/; name a folder that has a copy with --state.");

    private static JsonElement? Read(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;
        }
        catch (JsonException wrong)
        {
            throw new WeirException("WEIR7043", $"{path} is not valid JSON: {wrong.Message} Write it anew.", wrong);
        }
    }
}
