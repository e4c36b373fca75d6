-- By the shop's own day, before refunds.
select
    orders.order_date as day,
    coalesce(lines.category, '(none)') as category,
    count(distinct lines.order_id) as orders,
    cast(sum(lines.quantity) as bigint) as quantity,
    cast(sum(lines.amount) as decimal(18, 4)) as revenue
from {{ ref('stg_order_lines') }} as lines
inner join {{ ref('orders') }} as orders on lines.order_id = orders.order_id
group by all
