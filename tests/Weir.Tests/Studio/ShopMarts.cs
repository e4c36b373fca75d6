using Weir.DuckDb;
using Weir.Models;

namespace Weir.Tests.Studio;

/// <summary>
/// A project with the sample shop's metrics and dashboards, over marts of the shop's columns whose rows are made up: from November 2025 to Saturday 21 November 2026, 09:42 in Berlin.
/// </summary>
internal static class ShopMarts
{
    private const string Days = "select unnest(generate_series(timestamp '2025-11-01', timestamp '2026-11-21', interval 1 day))::date as day";

    // A week's shape, a slow rise, a little noise, and a last day that has only begun.
    private const string Shape = "(1 + 0.22 * sin((isodow(day) - 1) * pi() / 3) + 0.0009 * date_diff('day', date '2025-11-01', day) + 0.06 * sin(dayofyear(day) * 1.7 + length(country) + ascii(country))) * case when day = date '2026-11-21' then 0.3 else 1 end";

    private static readonly Dictionary<string, string> Models = new()
    {
        ["daily_kpis"] = $"""
            with parts as (select * from (values ('web', 'DE', 1.0), ('web', 'AT', 0.4), ('web', 'CH', 0.3), ('web', 'FR', 0.25), ('mobile', 'DE', 0.7), ('mobile', 'AT', 0.3), ('mobile', 'CH', 0.2)) p(channel, country, part)),
            shaped as (select day, channel, country, part * {Shape} as s from ({Days}) cross join parts)
            select day, channel, country, (s * 2400)::bigint as sessions, (s * 790)::bigint as bounces, (s * 1500)::bigint as sessions_with_view, (s * 320)::bigint as carts, (s * 130)::bigint as checkouts,
                (s * 58 * case when channel = 'mobile' then 0.8 else 1 end)::bigint as converted, (s * 9100)::bigint as page_views, (s * 3300)::bigint as product_views, (s * 420)::bigint as cart_additions,
                (s * 61)::bigint as orders, (s * 118)::bigint as items, (s * 4)::bigint as refunded_orders, (s * 5100)::decimal(18,4) as gross_revenue, (s * 330)::decimal(18,4) as discounts,
                (s * 760)::decimal(18,4) as tax, (s * 240)::decimal(18,4) as shipping, (s * 260)::decimal(18,4) as refunds, (s * 3750)::decimal(18,4) as net_revenue
            from shaped
            """,
        ["customer_days"] = """
            with visits as (select 'c' || hash(c) % 4000 as person_id, hash(c) % 9 > 0 as is_known, (date '2026-11-21' - (hash(c * 31) % 380)::integer) as day, hash(c * 17) % 100 < 16 as is_order, c from generate_series(1, 40000) t(c))
            select person_id, case when is_known then person_id end as customer_id, day, 1 + c % 3 as sessions, c % 9 as product_views, is_order or c % 4 = 0 as has_cart, is_order as has_checkout,
                is_order::integer as orders, 2 * is_order::integer as items, is_order and hash(c * 3) % 10 < 3 as is_first_order_day,
                (case when is_order then 84.5 else 0 end)::decimal(18,4) as gross_revenue, 0::decimal(18,4) as refunds, (case when is_order then 62.25 + c % 40 else 0 end)::decimal(18,4) as net_revenue
            from visits qualify row_number() over (partition by person_id, day order by c) = 1
            """,
        ["customer_360"] = """
            select 'c' || i as customer_id, case i % 4 when 0 then 'Ingrid Bauer' when 1 then 'Müller & Söhne Haushaltswaren GmbH' when 2 then 'Søren Kjær' else 'شركة التجارة' end || ' ' || i as customer_name, 'DE' as country,
                case i % 3 when 0 then 'customer' when 1 then 'lead' else 'churned' end as crm_stage, case i % 5 when 0 then 'champions' when 1 then 'loyal' when 2 then 'new' when 3 then 'at_risk' else 'lost' end as rfm_segment,
                case i % 4 when 0 then 'paid_search' when 1 then 'email' when 2 then 'direct' else 'organic_search' end as acquired_by_channel, i % 7 as open_tickets, date '2026-11-21' as as_of
            from generate_series(0, 3999) t(i)
            """,
        ["category_sales"] = """
            with parts as (select * from (values ('Electronics', 1.0), ('Home', 0.72), ('Garden', 0.5), ('Toys', 0.4), ('Books', 0.33), ('Sport', 0.21), ('Kitchen', 0.17), ('Stationery', 0.1)) p(category, part)),
            shaped as (select day, category, part * (1 + 0.2 * sin((isodow(day) - 1) * pi() / 3) + 0.1 * sin(day_number(day) * 0.2 + length(category))) as s from (DAYS) cross join parts)
            select day, category, (s * 90)::bigint as orders, (s * 140)::bigint as quantity, (s * 4200)::decimal(18,4) as gross_revenue, (s * 190 * (1 + length(category) % 3))::decimal(18,4) as refunds, (s * 3100)::decimal(18,4) as net_revenue
            from shaped
            """.Replace("DAYS", Days, StringComparison.Ordinal).Replace("day_number(day)", "date_diff('day', date '2025-11-01', day)", StringComparison.Ordinal),
        ["marketing_daily"] = $"""
            with parts as (select * from (values ('organic_search', '(none)', 1.1, 0), ('direct', '(none)', 0.9, 0), ('paid_search', 'search-brand', 0.8, 95), ('email', 'newsletter-autumn', 0.5, 18), ('paid_social', 'social-video', 0.35, 120), ('affiliate', 'affiliate-home', 0.2, 60)) p(marketing_channel, country, part, daily)),
            shaped as (select day, marketing_channel, country, daily, part * {Shape} as s from ({Days}) cross join parts)
            select day, marketing_channel, country as campaign, (s * 1300)::bigint as sessions, (s * 400)::bigint as bounces, (s * 170)::bigint as carts, (s * 31)::bigint as converted, (s * 33)::bigint as last_touch_orders,
                (s * 2150)::decimal(18,4) as last_touch_net_sales, (s * 29)::bigint as first_touch_orders, (s * 1980)::decimal(18,4) as first_touch_net_sales, daily::decimal(18,4) as cost
            from shaped
            """,
        ["funnel"] = $"select day, country as channel, (s * 2000)::bigint as viewed, (s * 520)::bigint as added, (s * 260)::bigint as checked_out, (s * 117)::bigint as ordered from (select day, country, {Shape} as s from ({Days}) cross join (values ('web'), ('mobile')) p(country))",
        ["retention_weekly"] = """
            select cohort_week, weeks_later, cohort_week + 7 * weeks_later as week, customers, case when weeks_later = 0 then customers else (customers * 0.28 / (1 + 0.45 * weeks_later) * (1 + 0.1 * sin(weeks_later + dayofyear(cohort_week))))::bigint end as active_customers,
                cohort_week + 7 * weeks_later + 7 <= date '2026-11-21' as is_complete, date '2026-11-21' as as_of
            from (select unnest(generate_series(timestamp '2026-06-01', timestamp '2026-11-16', interval 7 day))::date as cohort_week), lateral (select 240 + 60 * sin(dayofyear(cohort_week)) as size), lateral (select size::bigint as customers),
                lateral (select unnest(range(0, 30))::integer as weeks_later) where cohort_week + 7 * weeks_later <= date '2026-11-21'
            """,
        ["retention_monthly"] = "select date '2026-10-01' as cohort_month, 0 as months_later, date '2026-10-01' as month, 900 as customers, 900 as active_customers, true as is_complete, date '2026-11-21' as as_of",
        ["order_day_revenue"] = $"select day, 61 as orders, 4 as refunded_orders, 5100::decimal(18,4) as gross_revenue, 4000::decimal(18,4) as net_sales, 250::decimal(18,4) as refunds_so_far, 3750::decimal(18,4) as kept_so_far from ({Days})",
        ["tickets"] = """
            select i as ticket_id, 'u' || i as user_id, 'c' || i % 600 as customer_id, 'Where is it' as subject, case i % 3 when 0 then 'high' when 1 then 'normal' else 'low' end as priority, case when i % 9 = 0 then 'open' else 'solved' end as status, i % 9 = 0 as is_open,
                timestamptz '2026-11-21 07:00:00+00' - interval (i * 3) hour as created_at, 4.5 + i % 30 as hours_to_solve from generate_series(1, 2900) t(i)
            """,
        ["anomalies"] = $"select day, unnest(['orders', 'sessions', 'refunds']) as measure, dayofyear(day) % 17 = 0 as is_anomaly, 210 + dayofyear(day) % 31 as actual, 214.5 as expected, case when day < date '2026-06-01' then 'up' else 'down' end as direction from ({Days})",
        ["click_reconciliation"] = $"select day, 580 as matched, 31 as only_ordered, 2 as only_clicked from ({Days})",
    };

    /// <summary>Writes the project.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="rows">What the marts' SELECTs are put into: <c>{0}</c>.</param>
    public static void Write(string folder, string rows = "{0}")
    {
        File.WriteAllText(Path.Combine(folder, "dbt_project.yml"), "name: shop\nconfig-version: 2\nmodels: {shop: {+materialized: table}}\n");
        var models = Directory.CreateDirectory(Path.Combine(folder, "models")).FullName;
        foreach (var (name, sql) in Models) File.WriteAllText(Path.Combine(models, name + ".sql"), rows.Replace("{0}", sql, StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(models, "checks.yml"), "models:\n" + string.Concat(Models.Keys.Select(name => $"  - {{name: {name}, data_tests: [{{everything: {{name: {name}_is_whole}}}}]}}\n")));
        Directory.CreateDirectory(Path.Combine(folder, "tests", "generic"));
        File.WriteAllText(Path.Combine(folder, "tests", "generic", "everything.sql"), "{% test everything(model) %}select 1 from {{ model }} where false{% endtest %}");
        foreach (var file in Directory.GetFiles(Sample("models", "metrics"), "*.yml")) File.Copy(file, Path.Combine(models, Path.GetFileName(file)));
        Directory.CreateDirectory(Path.Combine(folder, "dashboards"));
        foreach (var file in Directory.GetFiles(Sample("dashboards"), "*.yml")) File.Copy(file, Path.Combine(folder, "dashboards", Path.GetFileName(file)), overwrite: true);
    }

    /// <summary>Builds it in a warehouse of the page's data.</summary>
    public static async Task<DuckDBConnection> BuildAsync(string folder, SampleData data)
    {
        var connection = data.UseWarehouse("set timezone = 'UTC'");
        var built = await new ModelRunner(ModelProject.Load(folder), new StudioServer.FixedTime(SampleData.Now.AddMinutes(-3))).BuildAsync(BuildRequest.Everything, connection, null, CancellationToken.None);
        built.ExitCode.ShouldBe(0, string.Join('\n', built.Nodes.Where(n => n.Message.Length > 0).Select(n => n.Message)));
        return connection;
    }

    private static string Sample(params string[] parts) => Path.Combine([Repository.Root, "samples", "shop", .. parts]);
}
