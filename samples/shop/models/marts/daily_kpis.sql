{{ config(materialized='incremental', unique_key='day') }}
-- The shop's day by channel and country. Orders count on the day they were placed, refunds on the day they were given, visits on the day they began.
with sold as (

    select
        order_date as day,
        channel,
        coalesce(country, '(none)') as country,
        count(*) as orders,
        cast(sum(quantity) as bigint) as items,
        sum(gross_revenue) as gross_revenue,
        sum(discounts) as discounts,
        sum(tax) as tax,
        sum(shipping) as shipping,
        sum(net_sales) as net_sales
    from {{ weir_touched(ref('orders'), 'order_date') }} as orders
    group by all

),

refunded as (

    select
        refund_date as day,
        channel,
        coalesce(country, '(none)') as country,
        count(distinct order_id) as refunded_orders,
        sum(refunds) as refunds
    from {{ weir_touched(ref('order_items'), 'coalesce(refund_date, order_date)') }} as order_items
    where is_refunded
    group by all

),

visited as (

    select
        session_date as day,
        channel,
        coalesce(country, '(none)') as country,
        count(*) as sessions,
        count(*) filter (is_bounce) as bounces,
        count(*) filter (has_view) as sessions_with_view,
        count(*) filter (has_cart) as carts,
        count(*) filter (has_checkout) as checkouts,
        count(*) filter (has_order) as converted,
        cast(sum(page_views) as bigint) as page_views,
        cast(sum(product_views) as bigint) as product_views,
        cast(sum(cart_additions) as bigint) as cart_additions
    from {{ weir_touched(ref('sessions'), 'session_date') }} as sessions
    group by all

),

parts as (

    select day, channel, country from sold
    union
    select day, channel, country from refunded
    union
    select day, channel, country from visited

)

select
    parts.day,
    parts.channel,
    parts.country,
    coalesce(visited.sessions, 0) as sessions,
    coalesce(visited.bounces, 0) as bounces,
    coalesce(visited.sessions_with_view, 0) as sessions_with_view,
    coalesce(visited.carts, 0) as carts,
    coalesce(visited.checkouts, 0) as checkouts,
    coalesce(visited.converted, 0) as converted,
    coalesce(visited.page_views, 0) as page_views,
    coalesce(visited.product_views, 0) as product_views,
    coalesce(visited.cart_additions, 0) as cart_additions,
    coalesce(sold.orders, 0) as orders,
    coalesce(sold.items, 0) as items,
    coalesce(refunded.refunded_orders, 0) as refunded_orders,
    cast(coalesce(sold.gross_revenue, 0) as decimal(18, 4)) as gross_revenue,
    cast(coalesce(sold.discounts, 0) as decimal(18, 4)) as discounts,
    cast(coalesce(sold.tax, 0) as decimal(18, 4)) as tax,
    cast(coalesce(sold.shipping, 0) as decimal(18, 4)) as shipping,
    cast(coalesce(refunded.refunds, 0) as decimal(18, 4)) as refunds,
    cast(coalesce(sold.net_sales, 0) - coalesce(refunded.refunds, 0) as decimal(18, 4)) as net_revenue
from parts
left join sold on parts.day = sold.day and parts.channel is not distinct from sold.channel and parts.country = sold.country
left join refunded on parts.day = refunded.day and parts.channel is not distinct from refunded.channel and parts.country = refunded.country
left join visited on parts.day = visited.day and parts.channel is not distinct from visited.channel and parts.country = visited.country
