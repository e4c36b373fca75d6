{{ config(tags=['daily']) }}
-- Customers by what they spent and kept, up to the last day on which something happened.
with bought as (

    select
        customer_id,
        cast(sum(orders) as bigint) as orders,
        max(day) filter (orders > 0) as last_order_date,
        cast(sum(gross_revenue) as decimal(18, 4)) as gross_revenue,
        cast(sum(net_revenue) as decimal(18, 4)) as net_revenue
    from {{ ref('customer_days') }}
    where customer_id is not null
    group by customer_id
    having sum(orders) > 0

)

select
    bought.customer_id,
    coalesce(customers.customer_name, bought.customer_id) as customer_name,
    customers.country,
    customers.stage,
    bought.orders,
    bought.last_order_date,
    bought.gross_revenue,
    bought.net_revenue,
    cast(rank() over (order by bought.net_revenue desc) as integer) as revenue_rank,
    (select max(day) from {{ ref('dates') }}) as as_of
from bought
left join {{ ref('customers') }} as customers on bought.customer_id = customers.customer_id
