select
    customers.customer_id,
    'Customer ' || customers.customer_id as customer_name,
    customers.country,
    customers.orders,
    customers.net_revenue as revenue,
    cast(rank() over (order by customers.net_revenue desc) as integer) as revenue_rank
from {{ ref('customers') }} as customers
