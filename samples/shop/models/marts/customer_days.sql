{{ config(materialized='incremental', unique_key='person_id') }}
-- Who did what on which day: for counts of distinct people over any span of days. A person is a customer, or a visitor of whom nothing else is known. The unit of restatement is the person.
with visited as (

    select
        person_id,
        any_value(customer_id) as customer_id,
        session_date as day,
        count(*) as sessions,
        cast(sum(product_views) as bigint) as product_views,
        bool_or(has_cart) as has_cart,
        bool_or(has_checkout) as has_checkout
    from {{ weir_touched(ref('sessions'), 'person_id') }} as sessions
    group by all

),

items as (

    select * from {{ weir_touched(ref('order_items'), 'person_id') }} as order_items

),

sold as (

    select
        person_id,
        any_value(customer_id) as customer_id,
        order_date as day,
        count(distinct order_id) as orders,
        cast(sum(quantity) as bigint) as items,
        sum(gross_revenue) as gross_revenue,
        sum(net_sales) as net_sales
    from items
    group by all

),

refunded as (

    select person_id, any_value(customer_id) as customer_id, refund_date as day, sum(refunds) as refunds
    from items
    where is_refunded
    group by all

),

days as (

    select person_id, customer_id, day from visited
    union
    select person_id, customer_id, day from sold
    union
    select person_id, customer_id, day from refunded

),

firsts as (

    select person_id, min(day) as first_order_date from sold group by person_id

)

select
    days.person_id,
    days.customer_id,
    days.day,
    coalesce(visited.sessions, 0) as sessions,
    coalesce(visited.product_views, 0) as product_views,
    coalesce(visited.has_cart, false) as has_cart,
    coalesce(visited.has_checkout, false) as has_checkout,
    coalesce(sold.orders, 0) as orders,
    coalesce(sold.items, 0) as items,
    coalesce(days.day = firsts.first_order_date, false) as is_first_order_day,
    cast(coalesce(sold.gross_revenue, 0) as decimal(18, 4)) as gross_revenue,
    cast(coalesce(refunded.refunds, 0) as decimal(18, 4)) as refunds,
    cast(coalesce(sold.net_sales, 0) - coalesce(refunded.refunds, 0) as decimal(18, 4)) as net_revenue
from days
left join visited on days.person_id = visited.person_id and days.day = visited.day
left join sold on days.person_id = sold.person_id and days.day = sold.day
left join refunded on days.person_id = refunded.person_id and days.day = refunded.day
left join firsts on days.person_id = firsts.person_id
