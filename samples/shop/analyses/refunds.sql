-- What comes back: by category, how much of what was ordered, and how many days after.
select
    category,
    count(*) as lines,
    count(*) filter (is_refunded) as refunded_lines,
    round(100.0 * count(*) filter (is_refunded) / count(*), 2) as refunded_percent,
    sum(net_sales) as net_sales,
    sum(refunds) as refunds,
    round(avg(date_diff('day', order_date, refund_date)) filter (is_refunded), 1) as mean_days_to_refund
from order_items
group by category
order by refunds desc, category
