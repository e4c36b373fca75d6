-- What campaigns brought and cost, by last touch and by first. Return is net sales for each unit spent.
select
    marketing_channel,
    campaign,
    sum(sessions) as sessions,
    round(100.0 * sum(converted) / nullif(sum(sessions), 0), 2) as conversion_percent,
    sum(last_touch_orders) as last_touch_orders,
    sum(last_touch_net_sales) as last_touch_net_sales,
    sum(first_touch_net_sales) as first_touch_net_sales,
    sum(cost) as cost,
    round(sum(last_touch_net_sales) / nullif(sum(cost), 0), 2) as return_on_spend,
    round(sum(cost) / nullif(sum(last_touch_orders), 0), 2) as cost_per_order
from marketing_daily
group by marketing_channel, campaign
order by last_touch_net_sales desc, marketing_channel, campaign
