-- How many ids each customer goes by: what identity brought together.
select
    user_ids,
    least(browsers, 10) as browsers,
    count(*) as customers,
    sum(orders) as orders,
    sum(net_revenue) as net_revenue
from customer_360
group by all
order by user_ids, browsers
