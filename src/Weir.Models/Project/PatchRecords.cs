using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>What a schema.yml says about a model, a seed or a singular test.</summary>
/// <param name="Section"><c>models</c>, <c>seeds</c> or <c>data_tests</c>.</param>
internal sealed record NodePatch(
    string Section, string Name, string File, int Line, YamlValue? Description, IReadOnlyList<ColumnPatch> Columns, IReadOnlyList<YamlEntry> Config, IReadOnlyList<TestEntry> Tests)
{
    public IReadOnlyList<Constraint> Constraints { get; init; } = [];
}

internal sealed record ColumnPatch(string Name, bool Quote, int Line, YamlValue? Description, string? DataType, IReadOnlyList<TestEntry> Tests)
{
    public IReadOnlyList<Constraint> Constraints { get; init; } = [];
}

/// <summary>A table of a source.</summary>
internal sealed record SourcePatch(
    string Source, string Table, string File, int Line, YamlValue? SourceDescription, YamlValue? Description, YamlValue? Database, YamlValue? Schema, YamlValue? Identifier,
    IReadOnlyList<ColumnPatch> Columns, IReadOnlyList<YamlEntry> Config, IReadOnlyList<TestEntry> Tests);

/// <summary>A generic test as it is written below a column or a table.</summary>
/// <param name="Test">Which test: <c>unique</c>, <c>not_null</c>, <c>accepted_values</c>, <c>relationships</c> or one of the project.</param>
/// <param name="Name">The user's own name for it, when given.</param>
internal sealed record TestEntry(
    string Test, string? Name, int Line, YamlValue? Description, IReadOnlyList<YamlEntry> Arguments, IReadOnlyList<YamlEntry> Config);
