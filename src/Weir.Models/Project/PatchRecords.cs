using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>What a schema.yml says about a model, a seed or a singular test.</summary>
/// <param name="Section"><c>models</c>, <c>seeds</c>, <c>snapshots</c>, <c>analyses</c> or <c>data_tests</c>.</param>
internal sealed record NodePatch(
    string Section, string Name, string File, int Line, YamlValue? Description, IReadOnlyList<ColumnPatch> Columns, IReadOnlyList<YamlEntry> Config, IReadOnlyList<TestEntry> Tests)
{
    public IReadOnlyList<Constraint> Constraints { get; init; } = [];

    /// <summary>What a snapshot that is only YAML takes its rows from, as written: <c>ref('a')</c>; null for one in SQL.</summary>
    public YamlScalar? Relation { get; init; }
}

internal sealed record ColumnPatch(string Name, bool Quote, int Line, YamlValue? Description, string? DataType, IReadOnlyList<TestEntry> Tests)
{
    public IReadOnlyList<Constraint> Constraints { get; init; } = [];

    /// <summary>Its <c>tags</c> and <c>meta</c>: its tests inherit the tags.</summary>
    public IReadOnlyList<YamlEntry> Config { get; init; } = [];
}

/// <summary>A table of a source.</summary>
internal sealed record SourcePatch(
    string Source, string Table, string File, int Line, YamlValue? SourceDescription, YamlValue? Description, YamlValue? Database, YamlValue? Schema, YamlValue? Identifier,
    IReadOnlyList<ColumnPatch> Columns, IReadOnlyList<YamlEntry> Config, IReadOnlyList<TestEntry> Tests)
{
    public YamlValue? Loader { get; init; }
}

/// <summary>A generic test as it is written below a column or a table.</summary>
/// <param name="Test">Which test: <c>unique</c>, <c>not_null</c>, <c>accepted_values</c>, <c>relationships</c> or one of the project; one of a package is <c>package.test</c>.</param>
/// <param name="Name">The user's own name for it, when given.</param>
internal sealed record TestEntry(
    string Test, string? Name, int Line, YamlValue? Description, IReadOnlyList<YamlEntry> Arguments, IReadOnlyList<YamlEntry> Config);
