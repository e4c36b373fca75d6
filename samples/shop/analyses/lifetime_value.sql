-- What customers were worth so far, by the month of their first order and by what brought them.
select
    cast(date_trunc('month', first_order_date) as date) as first_order_month,
    coalesce(acquired_by_channel, '(unknown)') as acquired_by,
    count(*) as customers,
    sum(net_revenue) as net_revenue,
    round(avg(net_revenue), 2) as net_revenue_per_customer,
    round(median(net_revenue), 2) as median_net_revenue,
    round(avg(orders), 2) as orders_per_customer
from customer_360
where first_order_date is not null
group by all
order by first_order_month, net_revenue desc
