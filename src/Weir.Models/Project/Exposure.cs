using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>Something outside that reads models: a dashboard, a notebook, an application.</summary>
internal sealed record Exposure(string Type, string? Label, string? Url, string? Maturity, IReadOnlyDictionary<string, object?> Owner);

/// <summary>What a schema.yml says about an exposure.</summary>
internal sealed record ExposurePatch(
    string Name, string File, int Line, Exposure Exposure, YamlValue? Description, IReadOnlyList<YamlScalar> DependsOn, IReadOnlyList<YamlEntry> Config);
