{{ config(tags=['daily']) }}
-- Customers who bought, by how lately, how often and how much. A score is the fifth of all customers into which one falls, 5 the best; equals score the same.
with bought as (

    select
        customer_id,
        max(day) filter (orders > 0) as last_order_date,
        cast(sum(orders) as bigint) as orders,
        cast(sum(net_revenue) as decimal(18, 4)) as net_revenue
    from {{ ref('customer_days') }}
    where customer_id is not null
    group by customer_id
    having sum(orders) > 0

),

scored as (

    select
        *,
        cast(least(5, 1 + floor(5 * percent_rank() over (order by last_order_date))) as integer) as recency_score,
        cast(least(5, 1 + floor(5 * percent_rank() over (order by orders))) as integer) as frequency_score,
        cast(least(5, 1 + floor(5 * percent_rank() over (order by net_revenue))) as integer) as monetary_score
    from bought

),

as_of as (

    select max(day) as day from {{ ref('dates') }}

)

select
    scored.customer_id,
    scored.last_order_date,
    cast(as_of.day - scored.last_order_date as integer) as recency_days,
    scored.orders,
    scored.net_revenue,
    scored.recency_score,
    scored.frequency_score,
    scored.monetary_score,
    case
        when scored.recency_score >= 4 and scored.frequency_score >= 4 and scored.monetary_score >= 4 then 'champions'
        when scored.recency_score >= 3 and scored.frequency_score >= 4 then 'loyal'
        when scored.orders = 1 and scored.recency_score >= 4 then 'new'
        when scored.recency_score >= 4 then 'promising'
        when scored.recency_score <= 2 and scored.monetary_score >= 4 then 'at_risk'
        when scored.recency_score <= 2 then 'lost'
        else 'needs_attention'
    end as segment,
    as_of.day as as_of
from scored
cross join as_of
