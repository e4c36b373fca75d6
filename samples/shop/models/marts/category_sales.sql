{{ config(materialized='incremental', unique_key='day') }}
-- By the shop's own day: sales on the day of the order, refunds on their own.
with sold as (

    select
        order_date as day,
        category,
        count(distinct order_id) as orders,
        cast(sum(quantity) as bigint) as quantity,
        sum(gross_revenue) as gross_revenue,
        sum(net_sales) as net_sales
    from {{ weir_touched(ref('order_items'), 'order_date') }} as order_items
    group by all

),

refunded as (

    select refund_date as day, category, sum(refunds) as refunds
    from {{ weir_touched(ref('order_items'), 'coalesce(refund_date, order_date)') }} as order_items
    where is_refunded
    group by all

),

parts as (

    select day, category from sold
    union
    select day, category from refunded

)

select
    parts.day,
    parts.category,
    coalesce(sold.orders, 0) as orders,
    coalesce(sold.quantity, 0) as quantity,
    cast(coalesce(sold.gross_revenue, 0) as decimal(18, 4)) as gross_revenue,
    cast(coalesce(refunded.refunds, 0) as decimal(18, 4)) as refunds,
    cast(coalesce(sold.net_sales, 0) - coalesce(refunded.refunds, 0) as decimal(18, 4)) as net_revenue
from parts
left join sold on parts.day = sold.day and parts.category = sold.category
left join refunded on parts.day = refunded.day and parts.category = refunded.category
