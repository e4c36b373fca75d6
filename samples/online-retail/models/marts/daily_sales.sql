select
    order_date,
    count(distinct order_id) filter (not is_cancellation) as orders,
    count(distinct customer_id) as customers,
    count(*) as lines,
    cast(sum(amount) as decimal(18, 4)) as revenue,
    cast(coalesce(sum(amount) filter (is_cancellation), 0) as decimal(18, 4)) as cancelled
from {{ ref('order_items') }}
group by order_date
