-- Customers by recency, frequency and money: how many, how much of the revenue, and how long since they ordered.
select
    segment,
    count(*) as customers,
    round(100.0 * count(*) / sum(count(*)) over (), 1) as customers_percent,
    sum(net_revenue) as net_revenue,
    round(100.0 * sum(net_revenue) / nullif(sum(sum(net_revenue)) over (), 0), 1) as net_revenue_percent,
    round(avg(recency_days), 1) as mean_days_since_order,
    round(avg(orders), 2) as mean_orders
from rfm
group by segment
order by net_revenue desc
