namespace Weir.Insight;

/// <summary>What is asked of metrics.</summary>
public sealed record MetricQuery
{
    /// <summary>The metrics, by name; each becomes a column.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>What the rows are split by: <c>metric_time</c>, <c>metric_time__week</c>, <c>customer__country</c>, <c>customer</c>, or only the dimension's name where one alone has it.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>The width of the time buckets; asking for one splits by <c>metric_time</c>.</summary>
    public Grain? Grain { get; init; }

    /// <summary>The first moment, wall clock of <see cref="TimeZone"/>; null: from the beginning.</summary>
    public DateTime? From { get; init; }

    /// <summary>The first moment after, wall clock of <see cref="TimeZone"/>; null: to the end.</summary>
    public DateTime? To { get; init; }

    /// <summary>Conditions on dimensions in dbt's form: <c>{{ Dimension('customer__country') }} = 'DE'</c>. All must hold.</summary>
    public IReadOnlyList<string> Where { get; init; } = [];

    /// <summary>How far back lies what the values are compared with; each metric then has a second column, <c>name__previous</c>. Null: nothing is compared.</summary>
    public MetricShift? Before { get; init; }

    /// <summary>The business's IANA time zone: times with a zone are cut into days and hours of it.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The most rows; null: all.</summary>
    public int? Limit { get; init; }
}

/// <summary>A query as SQL.</summary>
/// <param name="Sql">One SELECT for DuckDB.</param>
/// <param name="Columns">Its columns: the dimensions, then each metric, followed by its comparison.</param>
/// <param name="Relations">The tables it reads, <c>schema.name</c>.</param>
public sealed record MetricSql(string Sql, IReadOnlyList<string> Columns, IReadOnlyList<string> Relations);

/// <summary>A distance in time, in buckets.</summary>
/// <param name="Count">How many.</param>
/// <param name="Grain">Of what.</param>
public sealed record MetricShift(int Count, Grain Grain)
{
    /// <summary>From a range to the one of the same length right before it, so that buckets lie on buckets: whole months on months, weeks on weeks.</summary>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The first moment after.</param>
    /// <param name="grain">The width of the buckets; null: there are none.</param>
    public static MetricShift Previous(DateTime from, DateTime to, Grain? grain)
    {
        if (from.Day == 1 && to == to.Date && to.Day == 1 && grain is not (Grain.Hour or Grain.Week)) return new MetricShift(Months(from, to), Grain.Month);
        var days = Math.Max(1, (int)Math.Ceiling((to - from).TotalDays));
        return grain switch
        {
            Grain.Week => new MetricShift((days + 6) / 7, Grain.Week),
            Grain.Month => new MetricShift(Months(Grain.Month.Floor(from), to), Grain.Month),
            Grain.Quarter => new MetricShift((Months(Grain.Quarter.Floor(from), to) + 2) / 3, Grain.Quarter),
            Grain.Year => new MetricShift((Months(Grain.Year.Floor(from), to) + 11) / 12, Grain.Year),
            _ => new MetricShift(days, Grain.Day),
        };
    }

    /// <summary>A year back: the same weekdays 52 weeks before, or, of months and longer, the same of the year before.</summary>
    public static MetricShift YearBefore(Grain? grain) => grain >= Grain.Month ? new MetricShift(1, Grain.Year) : new MetricShift(52, Grain.Week);

    /// <summary>As DuckDB's INTERVAL takes it.</summary>
    internal string Sql => $"interval '{Count} {Grain.Name()}'";

    private static int Months(DateTime from, DateTime to) => Math.Max(1, (to.Year - from.Year) * 12 + to.Month - from.Month + (to.Day > from.Day || (to.Day == from.Day && to.TimeOfDay > TimeSpan.Zero) ? 1 : 0));
}
