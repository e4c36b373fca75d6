using System.Globalization;
using Weir.DuckDb;
using Weir.Insight;
using Weir.Models;
using Weir.Tests.Models;

namespace Weir.Tests.Insight;

/// <summary>A tiny shop whose figures are counted by hand: nine orders of three customers, and their visits.</summary>
internal sealed class ShopMetrics : IDisposable
{
    //            Thu 1 Jan  Fri 2   Sat 3   Mon 5   Mon 5   Sun 1 Feb  Mon 2 Feb
    private const string Orders = """
        order_id,customer_id,ordered_on,channel,amount,refunded
        1,ann,2026-01-01,web,10.00,false
        2,ann,2026-01-02,web,20.00,false
        3,bob,2026-01-02,app,30.00,true
        4,bob,2026-01-05,web,40.00,false
        5,cyd,2026-01-05,app,50.00,false
        6,ann,2026-02-01,web,60.00,true
        7,zoe,2026-02-02,app,70.00,false
        """;

    private const string Customers = """
        customer_id,country,first_seen
        ann,DE,2025-12-01
        bob,AT,2025-12-15
        cyd,DE,2026-01-05
        """;

    // Wall clock and instants: 23:30 UTC on the 1st is 00:30 of the 2nd in Berlin.
    private const string Visits = """
        visit_id,customer_id,began_at
        1,ann,2026-01-01T08:15:00Z
        2,ann,2026-01-01T23:30:00Z
        3,bob,2026-01-02T10:00:00Z
        4,dan,2026-01-03T10:00:00Z
        """;

    public const string Schema = """
        semantic_models:
          - name: orders
            model: ref('orders')
            defaults: {agg_time_dimension: ordered_on}
            entities:
              - {name: order, type: primary, expr: order_id}
              - {name: customer, type: foreign, expr: customer_id}
            dimensions:
              - {name: ordered_on, type: time, type_params: {time_granularity: day}}
              - {name: channel, type: categorical}
              - {name: size, type: categorical, expr: "case when amount >= 50 then 'large' else 'small' end"}
            measures:
              - {name: order_count, agg: count, expr: order_id}
              - {name: amount, agg: sum}
              - {name: buyers, agg: count_distinct, expr: customer_id}
              - {name: refunds, agg: sum_boolean, expr: refunded}
              - {name: largest, agg: max, expr: amount}
              - {name: median_amount, agg: median, expr: amount, create_metric: true}
              - {name: p50_discrete, agg: percentile, expr: amount, agg_params: {percentile: 0.5, use_discrete_percentile: true}}
          - name: customers
            model: ref('customers')
            defaults: {agg_time_dimension: first_seen}
            entities: [{name: customer, type: primary, expr: customer_id}]
            dimensions:
              - {name: country, type: categorical}
              - {name: first_seen, type: time, type_params: {time_granularity: day}}
            measures: [{name: new_customers, agg: count, expr: customer_id}]
          - name: visits
            model: ref('visits')
            defaults: {agg_time_dimension: began_at}
            entities:
              - {name: visit, type: primary, expr: visit_id}
              - {name: customer, type: foreign, expr: customer_id}
            dimensions: [{name: began_at, type: time, type_params: {time_granularity: hour}}]
            measures: [{name: visit_count, agg: count, expr: visit_id}]
        metrics:
          - {name: orders, label: Orders, type: simple, type_params: {measure: order_count}}
          - name: revenue
            label: Revenue
            description: All money.
            type: simple
            type_params: {measure: {name: amount, fill_nulls_with: 0, join_to_timespine: true}}
            config: {meta: {weir_format: money, weir_good: up, weir_owner: finance}}
          - {name: web_revenue, label: Web revenue, type: simple, type_params: {measure: amount}, filter: "{{ Dimension('order__channel') }} = 'web'"}
          - {name: buyers, label: Buyers, type: simple, type_params: {measure: buyers}}
          - {name: largest, label: Largest, type: simple, type_params: {measure: largest}}
          - {name: p50, label: P50, type: simple, type_params: {measure: p50_discrete}}
          - {name: average_order, label: Average order, type: ratio, type_params: {numerator: revenue, denominator: orders}}
          - name: refund_rate
            label: Refund rate
            type: ratio
            type_params: {numerator: {name: refunded_orders}, denominator: orders}
            config: {meta: {weir_format: percent, weir_good: down}}
          - {name: refunded_orders, label: Refunded, type: simple, type_params: {measure: refunds}}
          - {name: web_share, label: Web share, type: ratio, type_params: {numerator: {name: revenue, filter: "{{ Dimension('order__channel') }} = 'web'", alias: web}, denominator: revenue}}
          - {name: revenue_growth, label: Growth, type: derived, type_params: {expr: revenue - before, metrics: [revenue, {name: revenue, alias: before, offset_window: 1 month}]}}
          - {name: per_visit, label: Per visit, type: derived, type_params: {expr: revenue / visits, metrics: [revenue, visits]}}
          - {name: visits, label: Visits, type: simple, type_params: {measure: visit_count}}
          - {name: revenue_ever, label: Ever, type: cumulative, type_params: {measure: amount}}
          - {name: revenue_2d, label: Two days, type: cumulative, type_params: {measure: amount, cumulative_type_params: {window: 2 days}}}
          - {name: revenue_mtd, label: Month to date, type: cumulative, type_params: {measure: amount, cumulative_type_params: {grain_to_date: month, period_agg: last}}}
          - {name: buyers_2d, label: Buyers of two days, type: cumulative, type_params: {measure: buyers, window: 2 days}}
          - name: visit_to_order
            label: Visit to order
            type: conversion
            type_params:
              conversion_type_params: {base_measure: visit_count, conversion_measure: order_count, entity: customer, window: 2 days}
          - name: orders_after_visits
            label: Orders after visits
            type: conversion
            type_params:
              conversion_type_params: {base_measure: visit_count, conversion_measure: order_count, entity: customer, calculation: conversions}
        """;

    private readonly SmallProject project = new();
    private readonly MetricCatalogue catalogue;

    public ShopMetrics()
    {
        project.Seed("orders", Orders).Seed("customers", Customers).Seed("visits", Visits).Write("models/metrics.yml", Schema);
        project.Build().GetAwaiter().GetResult().ExitCode.ShouldBe(0);
        catalogue = project.Metrics();
    }

    public MetricCatalogue Catalogue => catalogue;

    public DuckDBConnection Connection => project.Connection;

    /// <summary>The rows of a query, in their order, values parted by spaces; as the gate lets them through.</summary>
    public IReadOnlyList<string> Ask(MetricQuery query)
    {
        var sql = catalogue.Compile(query);
        using var rows = GuardedQuery.Run(project.Connection, sql.Sql, new QueryLimits(), CancellationToken.None);
        rows.Columns.ShouldBe(sql.Columns);
        var lines = new List<string>();
        while (rows.Read()) lines.Add(string.Join(' ', rows.Columns.Select((_, i) => Text(rows[i]))));
        return lines;
    }

    public string One(string metric, MetricQuery? query = null) => Ask((query ?? new MetricQuery { Metrics = [] }) with { Metrics = [metric] }).ShouldHaveSingleItem();

    public static DateTime Day(string day) => DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public void Dispose() => project.Dispose();

    private static string Text(object? value) => value switch
    {
        null => "-",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-ddTHH", CultureInfo.InvariantCulture),
        double number => Math.Round(number, 4).ToString(CultureInfo.InvariantCulture),
        decimal number => number.ToString("0.####", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
