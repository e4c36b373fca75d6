{{ config(materialized='incremental', unique_key='day') }}
-- Refunds on the day of the order, whenever they were given: how much of a day's sales was kept. The last days still change.
select
    order_date as day,
    count(*) as orders,
    count(*) filter (is_refunded) as refunded_orders,
    cast(sum(gross_revenue) as decimal(18, 4)) as gross_revenue,
    cast(sum(net_sales) as decimal(18, 4)) as net_sales,
    cast(sum(refunds) as decimal(18, 4)) as refunds_so_far,
    cast(sum(net_revenue) as decimal(18, 4)) as kept_so_far
from {{ weir_touched(ref('orders'), 'order_date') }} as orders
group by order_date
