{{ config(materialized='incremental', unique_key='hour') }}
-- Money by the hour in which it was ordered or refunded, visits by the hour in which they began. The unit of restatement is the hour: one in which anything of the three changed.
with sold as (

    select
        order_hour as hour,
        count(*) as orders,
        sum(gross_revenue) as gross_revenue,
        sum(discounts) as discounts,
        sum(tax) as tax,
        sum(net_sales) as net_sales
    from {{ weir_touched(ref('orders'), 'order_hour') }} as orders
    group by 1

),

refunded as (

    select refund_hour as hour, sum(refunds) as refunds
    from {{ weir_touched(ref('order_items'), 'coalesce(refund_hour, order_hour)') }} as order_items
    where is_refunded
    group by 1

),

visited as (

    select
        hour,
        count(*) as sessions,
        count(*) filter (has_checkout) as checkouts,
        count(*) filter (has_order) as converted
    from {{ weir_touched(ref('sessions'), 'hour') }} as sessions
    group by 1

),

hours as (

    select hour from sold
    union
    select hour from refunded
    union
    select hour from visited

)

select
    hours.hour,
    cast(hours.hour at time zone '{{ var("time_zone") }}' as date) as day,
    coalesce(visited.sessions, 0) as sessions,
    coalesce(visited.checkouts, 0) as checkouts,
    coalesce(visited.converted, 0) as converted,
    coalesce(sold.orders, 0) as orders,
    cast(coalesce(sold.gross_revenue, 0) as decimal(18, 4)) as gross_revenue,
    cast(coalesce(sold.discounts, 0) as decimal(18, 4)) as discounts,
    cast(coalesce(sold.tax, 0) as decimal(18, 4)) as tax,
    cast(coalesce(refunded.refunds, 0) as decimal(18, 4)) as refunds,
    cast(coalesce(sold.net_sales, 0) - coalesce(refunded.refunds, 0) as decimal(18, 4)) as net_revenue
from hours
left join sold on hours.hour = sold.hour
left join refunded on hours.hour = refunded.hour
left join visited on hours.hour = visited.hour
