namespace Weir.Insight.Definitions;

/// <summary>A metric with what it is computed from.</summary>
internal sealed record MetricDefinition(Metric Shown, MetricKind Kind)
{
    /// <summary>Conditions on everything that is measured.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    public string Name => Shown.Name;
    public Place At => new(Shown.File, Shown.Line);
}

internal abstract record MetricKind
{
    /// <summary>The measures that are named here.</summary>
    public virtual IEnumerable<MeasureInput> Measures => [];

    /// <summary>The metrics that are named here.</summary>
    public virtual IEnumerable<MetricInput> Metrics => [];
}

internal sealed record SimpleKind(MeasureInput Measure) : MetricKind
{
    public override IEnumerable<MeasureInput> Measures => [Measure];
}

internal sealed record RatioKind(MetricInput Numerator, MetricInput Denominator) : MetricKind
{
    public override IEnumerable<MetricInput> Metrics => [Numerator, Denominator];
}

internal sealed record DerivedKind(string Expr, IReadOnlyList<MetricInput> Inputs) : MetricKind
{
    public override IEnumerable<MetricInput> Metrics => Inputs;
}

/// <param name="Window">How far back; null: not limited.</param>
/// <param name="ToDate">Since the beginning of which bucket; null: not limited.</param>
internal sealed record CumulativeKind(MeasureInput Measure, MetricShift? Window, Grain? ToDate, PeriodValue Period) : MetricKind
{
    public override IEnumerable<MeasureInput> Measures => [Measure];
}

/// <summary>Which of a coarser bucket's values stands for it.</summary>
internal enum PeriodValue { First, Last, Average }

/// <param name="IsRate">Whether it is conversions by bases, or only conversions.</param>
internal sealed record ConversionKind(MeasureInput Base, MeasureInput Conversion, string Entity, MetricShift? Window, bool IsRate) : MetricKind
{
    public override IEnumerable<MeasureInput> Measures => [Base, Conversion];
}

/// <param name="Fill">What stands for no rows; null: nothing does.</param>
/// <param name="Spine">Whether buckets without rows are there, too.</param>
internal sealed record MeasureInput(string Name, IReadOnlyList<string> Filters, int? Fill, bool Spine, Place At);

/// <param name="Alias">What the expression calls it.</param>
/// <param name="Offset">How far back its values are taken from; null: not at all.</param>
internal sealed record MetricInput(string Name, string Alias, IReadOnlyList<string> Filters, MetricShift? Offset, Place At);
