-- How did each month do, and against the month before? Money as docs/definitions.md has it; the last month may still run.
with months as (

    select
        cast(date_trunc('month', day) as date) as month,
        sum(orders) as orders,
        sum(gross_revenue) as gross_revenue,
        sum(discounts) as discounts,
        sum(refunds) as refunds,
        sum(net_revenue) as net_revenue,
        sum(sessions) as sessions,
        sum(converted) as converted
    from daily_kpis
    group by 1

)

select
    month,
    orders,
    gross_revenue,
    discounts,
    refunds,
    net_revenue,
    round(gross_revenue / nullif(orders, 0), 2) as average_order_value,
    round(100.0 * converted / nullif(sessions, 0), 2) as conversion_percent,
    round(100.0 * (net_revenue / nullif(lag(net_revenue) over (order by month), 0) - 1), 1) as net_revenue_growth_percent
from months
order by month
