-- Tickets by week and priority: how many, how many are open, how long they took.
select
    cast(date_trunc('week', created_date) as date) as week,
    priority,
    count(*) as tickets,
    count(*) filter (is_open) as still_open,
    round(median(hours_to_solve), 1) as median_hours_to_solve,
    count(distinct customer_id) as customers
from tickets
group by all
order by week, priority
