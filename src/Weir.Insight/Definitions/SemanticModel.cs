namespace Weir.Insight.Definitions;

/// <summary>What one model's columns mean: what it can be joined by, split by and measured by.</summary>
/// <param name="Relation">The model's table, quoted for SQL.</param>
/// <param name="Table">The same as people write it, <c>schema.name</c>.</param>
internal sealed record SemanticModel(string Name, string Relation, string Table, Place At)
{
    public IReadOnlyList<Entity> Entities { get; init; } = [];
    public IReadOnlyList<Dimension> Dimensions { get; init; } = [];
    public IReadOnlyList<Measure> Measures { get; init; } = [];

    /// <summary>The entity that its own dimensions are named after; null when there is none.</summary>
    public string? PrimaryEntity { get; init; }

    public Dimension? Dimension(string name) => Dimensions.FirstOrDefault(d => d.Name == name);

    public Entity? Entity(string name) => Entities.FirstOrDefault(e => e.Name == name);

    /// <summary>Whether <c>entity__dimension</c> means a dimension of this model itself.</summary>
    public bool Owns(string entity) => PrimaryEntity == entity || Entity(entity) is { IsUnique: true };
}

/// <param name="IsUnique">Whether each value stands in one row: only then others may join this model by it.</param>
internal sealed record Entity(string Name, bool IsUnique, string Expr);

/// <param name="Grain">Of a time: how fine it is.</param>
internal sealed record Dimension(string Name, bool IsTime, Grain Grain, string Expr, string Label, string Description);

internal sealed record Measure(string Name, Aggregation Aggregation, string Expr, string TimeDimension, double Percentile, bool IsDiscrete, string Label, string Description, Place At);

internal enum Aggregation { Sum, Min, Max, Count, CountDistinct, SumBoolean, Average, Median, Percentile }
