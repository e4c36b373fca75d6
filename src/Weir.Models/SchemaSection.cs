using Weir.Models.Yaml;

namespace Weir.Models;

/// <summary>An item of a schema file that is about no node: a metric, a semantic model. Weir.Insight reads them.</summary>
/// <param name="Kind"><see cref="Metrics"/> or <see cref="SemanticModels"/>.</param>
/// <param name="File">The file, relative to the project folder.</param>
/// <param name="Item">As it is written.</param>
public sealed record SchemaSection(string Kind, string File, YamlMap Item)
{
    /// <summary>The section of metrics.</summary>
    public const string Metrics = "metrics";

    /// <summary>The section of semantic models.</summary>
    public const string SemanticModels = "semantic_models";
}
