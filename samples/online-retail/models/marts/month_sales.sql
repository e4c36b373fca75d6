select
    cast(date_trunc('month', order_date) as date) as month,
    count(distinct order_id) filter (not is_cancellation) as orders,
    count(distinct customer_id) as customers,
    cast(sum(amount) as decimal(18, 4)) as revenue
from {{ ref('order_items') }}
group by 1
