-- Orders and conversion by weekday and hour of the business's clock: when to send, when to staff.
select
    dayname(hour at time zone 'Europe/Berlin') as weekday,
    hour(hour at time zone 'Europe/Berlin') as hour_of_day,
    sum(sessions) as sessions,
    sum(orders) as orders,
    sum(gross_revenue) as gross_revenue,
    round(100.0 * sum(converted) / nullif(sum(sessions), 0), 2) as conversion_percent
from hourly_kpis
group by all
order by min(isodow(hour at time zone 'Europe/Berlin')), hour_of_day
