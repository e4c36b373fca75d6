-- Net revenue of each customer; a customer whom the CRM does not know yet goes by the id.
select
    orders.customer_id,
    coalesce(any_value(customers.customer_name), orders.customer_id) as customer_name,
    any_value(customers.country) as country,
    any_value(customers.stage) as stage,
    count(*) as orders,
    max(orders.order_date) as last_order_date,
    cast(sum(orders.amount) filter (not orders.is_refunded) as decimal(18, 4)) as revenue
from {{ ref('orders') }} as orders
left join {{ ref('customers') }} as customers on orders.customer_id = customers.customer_id
group by orders.customer_id
