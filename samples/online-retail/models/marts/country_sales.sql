select
    country,
    count(distinct order_id) as orders,
    count(distinct customer_id) as customers,
    cast(sum(quantity) as bigint) as quantity,
    cast(sum(amount) as decimal(18, 4)) as revenue
from {{ ref('order_items') }}
group by country
