select
    customer_id,
    min(order_date) as first_order_date,
    max(order_date) as last_order_date,
    arg_max(country, ordered_at) as country,
    count(distinct order_id) filter (not is_cancellation) as orders,
    count(distinct order_id) filter (is_cancellation) as cancellations,
    cast(sum(amount) as decimal(18, 4)) as net_revenue
from {{ ref('order_items') }}
where customer_id is not null
group by customer_id
