using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>A unit test: a model's SQL on rows given here, against the rows expected.</summary>
/// <param name="Model">The name of the tested model.</param>
/// <param name="Macros">Values that replace macros' results: <c>{is_incremental: true}</c>.</param>
internal sealed record UnitTest(
    string Model, IReadOnlyList<UnitTestInput> Given, UnitTestRows Expect,
    IReadOnlyDictionary<string, object?> Macros, IReadOnlyDictionary<string, object?> Vars, IReadOnlyDictionary<string, object?> EnvVars);

/// <summary>The rows of one input.</summary>
/// <param name="Input">What it stands for, as written: <c>ref('a')</c>, <c>source('s', 't')</c> or <c>this</c>.</param>
internal sealed record UnitTestInput(string Input, int Line, UnitTestRows Rows);

/// <summary>Rows as a list of mappings (<c>dict</c>), as CSV text or as SQL.</summary>
/// <param name="Format"><c>dict</c>, <c>csv</c> or <c>sql</c>.</param>
/// <param name="Rows">For dict: column to value, in the order of the file; CSV is already split.</param>
/// <param name="Text">The text of CSV and SQL; that of the fixture's file when one is named.</param>
/// <param name="Fixture">The name of the file under tests/fixtures; null when the rows stand in the schema.yml.</param>
internal sealed record UnitTestRows(string Format, IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows, string? Text, string? Fixture, int Line);

/// <summary>What a schema.yml says about a unit test.</summary>
internal sealed record UnitTestPatch(string Name, string File, int Line, UnitTest Test, YamlValue? Description, IReadOnlyList<YamlEntry> Config);
