-- The customers who kept the most, and what share of all net revenue they are together.
select
    revenue_rank,
    customer_name,
    country,
    stage,
    orders,
    last_order_date,
    net_revenue,
    round(100.0 * sum(net_revenue) over (order by revenue_rank, customer_id) / nullif(sum(net_revenue) over (), 0), 2) as running_share_percent
from top_customers
qualify revenue_rank <= 50
order by revenue_rank, customer_id
