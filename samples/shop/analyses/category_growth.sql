-- Categories of the last 28 days beside the 28 before: who grew, who fell, who moved in rank.
with as_of as (

    select max(day) as day from category_sales

),

periods as (

    select
        category,
        sum(net_revenue) filter (category_sales.day > as_of.day - 28) as now,
        sum(net_revenue) filter (category_sales.day <= as_of.day - 28 and category_sales.day > as_of.day - 56) as before
    from category_sales
    cross join as_of
    group by category

)

select
    category,
    now as net_revenue,
    before as net_revenue_before,
    round(100.0 * (now / nullif(before, 0) - 1), 1) as growth_percent,
    rank() over (order by now desc nulls last) as rank_now,
    rank() over (order by before desc nulls last) as rank_before
from periods
order by rank_now, category
