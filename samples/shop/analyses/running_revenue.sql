-- Net revenue day by day: since the first of the month, and the mean of seven days.
with days as (

    select day, sum(net_revenue) as net_revenue
    from daily_kpis
    group by day

)

select
    day,
    net_revenue,
    sum(net_revenue) over (partition by date_trunc('month', day) order by day) as month_to_date,
    round(avg(net_revenue) over (order by day range between interval 6 days preceding and current row), 2) as mean_of_seven_days
from days
order by day
