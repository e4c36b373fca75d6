-- Good customers who stay away, with what support knows of them: the list that sales calls.
select
    customer_id,
    customer_name,
    crm_stage,
    rfm_segment,
    orders,
    net_revenue,
    last_order_date,
    date_diff('day', last_order_date, as_of) as days_since_order,
    last_visit_date,
    open_tickets,
    tickets
from customer_360
where orders > 0 and monetary_score >= 4 and recency_score <= 2
order by net_revenue desc, customer_id
limit 100
