{{ config(materialized='incremental', unique_key='day') }}
select
    day,
    cast(sum(sessions) as bigint) as sessions,
    cast(sum(checkouts) as bigint) as checkouts,
    cast(sum(orders) as bigint) as orders,
    cast(sum(gross_revenue) as decimal(18, 4)) as gross_revenue,
    cast(sum(refunds) as decimal(18, 4)) as refunds,
    cast(sum(revenue) as decimal(18, 4)) as revenue,
    sum(converted) / nullif(sum(sessions), 0) as conversion,
    cast(sum(gross_revenue) / nullif(sum(orders), 0) as decimal(18, 4)) as average_order_value
from {{ weir_touched(ref('hourly_kpis'), 'day') }} as hourly_kpis
group by day
