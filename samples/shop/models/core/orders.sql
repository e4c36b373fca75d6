{{ config(materialized='incremental', unique_key='order_id') }}
-- Orders as the order system has them, in the reporting currency.
select
    order_id,
    any_value(user_id) as user_id,
    any_value(customer_id) as customer_id,
    any_value(person_id) as person_id,
    any_value(channel) as channel,
    any_value(country) as country,
    arg_min(currency, line) as currency,
    max(coupon) as coupon,
    min(ordered_at) as ordered_at,
    min(order_date) as order_date,
    min(order_hour) as order_hour,
    case when bool_and(is_refunded) then 'refunded' when bool_or(is_refunded) then 'partly_refunded' else 'placed' end as status,
    bool_or(is_refunded) as is_refunded,
    max(refunded_at) as refunded_at,
    count(*) as lines,
    cast(sum(quantity) as bigint) as quantity,
    cast(sum(gross_revenue) as decimal(18, 4)) as gross_revenue,
    cast(sum(discounts) as decimal(18, 4)) as discounts,
    cast(sum(tax) as decimal(18, 4)) as tax,
    cast(sum(shipping) as decimal(18, 4)) as shipping,
    cast(sum(net_sales) as decimal(18, 4)) as net_sales,
    cast(sum(refunds) as decimal(18, 4)) as refunds,
    cast(sum(net_revenue) as decimal(18, 4)) as net_revenue
from {{ weir_touched(ref('order_items'), 'order_id') }} as order_items
group by order_id
