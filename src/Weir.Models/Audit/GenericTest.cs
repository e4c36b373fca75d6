using Weir.Models.Yaml;

namespace Weir.Models.Audit;

/// <summary>A generic test on one table or column: which, on what, with what.</summary>
/// <param name="Test">The test's name without <c>test_</c>.</param>
/// <param name="Source">The source of the tested table; null when a model or seed is tested.</param>
/// <param name="Table">The model, seed or source's table.</param>
/// <param name="ColumnName">The column as SQL names it; null for a test on a whole table.</param>
/// <param name="Arguments">Its further arguments, as written.</param>
internal sealed record GenericTest(string Test, string? Source, string Table, string? ColumnName, IReadOnlyList<YamlEntry> Arguments)
{
    /// <summary>Its settings (<c>severity</c>, <c>where</c> …), as written.</summary>
    public IReadOnlyList<YamlEntry> Config { get; init; } = [];

    /// <summary>The package that has the test (<c>dbt_utils</c>); null for one of the project or of dbt.</summary>
    public string? Namespace => Test.Contains('.') ? Test.Split('.')[0] : null;

    /// <summary>The test's name in its package.</summary>
    public string Macro => Test.Split('.')[^1];

    /// <summary>As dbt writes it, and hashes it.</summary>
    public string Reference => Source is null ? $"ref('{Table}')" : $"source('{Source}', '{Table}')";
}
