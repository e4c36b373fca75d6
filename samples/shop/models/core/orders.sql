{{ config(materialized='incremental', unique_key='order_id') }}
-- Orders as the order system has them. An order is refunded as a whole; the refund counts on its own day.
select
    order_id,
    any_value(customer_id) as customer_id,
    any_value(channel) as channel,
    min(ordered_at) as ordered_at,
    cast(min(ordered_at) at time zone '{{ var("time_zone") }}' as date) as order_date,
    date_trunc('hour', min(ordered_at)) as order_hour,
    bool_or(status = 'refunded') as is_refunded,
    case when bool_or(status = 'refunded') then max(updated_at) end as refunded_at,
    cast(case when bool_or(status = 'refunded') then max(updated_at) end at time zone '{{ var("time_zone") }}' as date) as refund_date,
    date_trunc('hour', case when bool_or(status = 'refunded') then max(updated_at) end) as refund_hour,
    count(*) as lines,
    cast(sum(quantity) as bigint) as quantity,
    cast(sum(amount) as decimal(18, 4)) as amount
from {{ weir_touched(ref('stg_order_lines'), 'order_id') }} as stg_order_lines
group by order_id
