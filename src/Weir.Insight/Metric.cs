namespace Weir.Insight;

/// <summary>A metric as it is declared: what it is, how it is written, and by what it can be split.</summary>
public sealed record Metric
{
    /// <summary>The name that queries and tiles use.</summary>
    public required string Name { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Label { get; init; }

    /// <summary>What it means.</summary>
    public string Description { get; init; } = "";

    /// <summary><c>simple</c>, <c>ratio</c>, <c>derived</c>, <c>cumulative</c> or <c>conversion</c>.</summary>
    public required string Type { get; init; }

    /// <summary>How its values are written (<c>config.meta.weir_format</c>).</summary>
    public MetricFormat Format { get; init; }

    /// <summary>Which direction is good news (<c>config.meta.weir_good</c>).</summary>
    public MetricGood Good { get; init; }

    /// <summary>Who answers for it (<c>config.meta.weir_owner</c>); empty when nobody is named.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The file that declares it, relative to the project folder.</summary>
    public required string File { get; init; }

    /// <summary>The line in it.</summary>
    public required int Line { get; init; }

    /// <summary>The tables it reads, <c>schema.name</c>, those that are only joined included.</summary>
    public IReadOnlyList<string> Relations { get; init; } = [];

    /// <summary>The finest grain its time can be cut into.</summary>
    public Grain Grain { get; init; } = Grain.Day;

    /// <summary>Whether its parts add up to it, so that a part may be called a share.</summary>
    public bool IsAdditive { get; init; }

    /// <summary>By what it can be split and filtered, apart from time.</summary>
    public IReadOnlyList<MetricDimension> Dimensions { get; init; } = [];
}

/// <summary>A dimension of a metric.</summary>
/// <param name="Name">As queries name it: <c>customer__country</c>.</param>
/// <param name="Label">For people.</param>
/// <param name="Description">What it means; empty when not said.</param>
/// <param name="IsTime">Whether it is a time, which may be followed by a grain: <c>customer__first_order__month</c>.</param>
public sealed record MetricDimension(string Name, string Label, string Description, bool IsTime);

/// <summary>How a metric's values are written.</summary>
public enum MetricFormat
{
    /// <summary>As a number.</summary>
    Number,

    /// <summary>As a whole number.</summary>
    Count,

    /// <summary>In the reporting currency.</summary>
    Money,

    /// <summary>As a share: 0.0231 is 2.31 %.</summary>
    Percent,
}

/// <summary>Which direction of a change is good news.</summary>
public enum MetricGood
{
    /// <summary>More is better.</summary>
    Up,

    /// <summary>Less is better.</summary>
    Down,

    /// <summary>Neither.</summary>
    Neutral,
}
