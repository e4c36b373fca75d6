namespace Weir.Tests.Studio;

/// <summary>A small warehouse as the shop's models would leave it, and the home.yml that shows it.</summary>
internal static class SampleShop
{
    public const string Home = """
        title: Shop
        time_zone: Europe/Berlin
        currency: EUR
        figures:
          - {label: Revenue, table: hourly_kpis, date: hour, value: revenue, format: money, good: up}
          - {label: Orders, table: hourly_kpis, date: hour, value: orders, format: number, good: up}
          - {label: Conversion, table: hourly_kpis, date: hour, value: orders, per: sessions, format: percent, good: up}
          - {label: Sessions, table: hourly_kpis, date: hour, value: sessions, format: count, good: up}
        leaderboards:
          - {title: Top customers, table: top_customers, label: customer_name, value: revenue, format: money, detail: orders, limit: 8}
          - {title: Category sales, table: category_sales, date: day, label: category, value: revenue, format: money, limit: 8}
        changes: {table: what_changed}
        """;

    // Each hour of the last 35 days; this week's sales 4 % above those of last week, conversion a little below.
    private const string HourlyKpis = """
        create table hourly_kpis as
        with hours as (
          select unnest(generate_series(timestamp '2026-10-17 00:00', timestamp '2026-11-21 09:00', interval 1 hour)) as hour),
        shaped as (
          select hour, 1 + 0.9 * sin((hour(hour) - 7) * pi() / 12) + 0.1 * sin(dayofyear(hour) * 1.7 + hour(hour)) as shape,
                 case when hour >= timestamp '2026-11-15' then 1.0 else 0.0 end as is_this_week,
                 case when hour = timestamp '2026-11-21 09:00' then 0.7 else 1.0 end as part from hours)
        select hour,
               (greatest(shape, 0.05) * part * 6200 * (1 + 0.021 * is_this_week))::bigint as sessions,
               (greatest(shape, 0.05) * part * 148 * (1 + 0.011 * is_this_week))::bigint as orders,
               (greatest(shape, 0.05) * part * 148 * 79.42 * (1 + 0.041 * is_this_week))::decimal(18,2) as revenue
        from shaped
        """;

    private const string Rest = """
        create table top_customers as select * from (values
          ('Ingrid Bauer', 4812.40, 31), ('Jonas Weber', 4120.15, 22), ('Amélie Laurent', 3977.00, 28), ('Søren Kjær', 3110.99, 17),
          ('Müller & Söhne Haushaltswaren GmbH', 2904.50, 12), ('Lucía Fernández', 2711.20, 19), ('Tomasz Nowak', 2455.75, 20), ('Yuki Tanaka', 2301.00, 9),
          ('Anna Rossi', 2120.00, 11), ('Piet de Vries', 1984.10, 14)) t(customer_name, revenue, orders);
        create table category_sales as select * from (values
          (date '2026-11-21', 'Electronics', 21233.10), (date '2026-11-21', 'Home', 14120.00), (date '2026-11-21', 'Garden', 8702.40), (date '2026-11-21', 'Toys', 7688.00),
          (date '2026-11-21', 'Books', 4401.90), (date '2026-11-21', 'Sport', 3366.10), (date '2026-11-21', 'Kitchen', 2455.00),
          (date '2026-11-20', 'Electronics', 61233.10), (date '2026-11-20', 'Home', 41120.00), (date '2026-11-20', 'Garden', 25702.40), (date '2026-11-20', 'Toys', 22688.00),
          (date '2026-11-14', 'Electronics', 56177.20), (date '2026-11-14', 'Home', 39385.10), (date '2026-11-14', 'Garden', 29239.30), (date '2026-11-14', 'Toys', 17201.00),
          (date '2026-11-14', 'Books', 14358.80), (date '2026-11-14', 'Sport', 11343.20),
          (date '2026-11-13', 'Electronics', 56177.20), (date '2026-11-13', 'Home', 39385.10), (date '2026-11-13', 'Garden', 29239.30)) t(day, category, revenue);
        create table what_changed as select * from (values
          (timestamptz '2026-11-21 05:00:00+00', 'Mobile checkouts', -0.38, -7.9, 'down', false, 'Android accounts for 92 % of it; app 5.2.0 was first seen at 05:48.',
            [40, 42, 39, 44, 46, 41, 28, 25, 26, 25, 26]::double[]),
          (timestamptz '2026-11-20 23:00:00+00', 'Web page views', 0.21, 4.6, 'up', true, '18,204 instead of about 15,044.', [9, 10, 12, 13, 14, 14, 14.5, 15, 16, 17]::double[]))
          t(noticed_at, subject, change, score, direction, good, explanation, trend);
        create schema weir;
        create table weir.nodes as select * from (values
          ('main.hourly_kpis', timestamptz '2026-11-21 08:41:36+00', 12, 0, 'success', ''), ('main.top_customers', timestamptz '2026-11-21 08:41:36+00', 5, 0, 'success', ''),
          ('main.category_sales', timestamptz '2026-11-21 08:41:36+00', 4, 0, 'success', ''), ('main.what_changed', timestamptz '2026-11-21 08:41:36+00', 2, 0, 'success', ''))
          t(relation, built_at, checks_passed, checks_failed, status, message);
        """;

    public static string[] Statements => [HourlyKpis, Rest];
}
