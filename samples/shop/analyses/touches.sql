-- How many visits an order takes, and how often the first touch and the last are the same channel.
select
    least(touches, 10) as touches,
    count(*) as orders,
    round(100.0 * count(*) / sum(count(*)) over (), 1) as orders_percent,
    round(avg(net_sales), 2) as mean_net_sales,
    round(100.0 * count(*) filter (first_channel = last_channel) / count(*), 1) as same_channel_percent
from attribution
group by 1
order by 1
