select
    order_id,
    any_value(customer_id) as customer_id,
    any_value(country) as country,
    min(ordered_at) as ordered_at,
    min(order_date) as order_date,
    bool_or(is_cancellation) as is_cancellation,
    count(*) as line_count,
    cast(sum(quantity) as bigint) as quantity,
    cast(sum(amount) as decimal(18, 4)) as amount
from {{ ref('order_items') }}
group by order_id
