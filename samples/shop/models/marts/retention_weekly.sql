{{ config(tags=['daily']) }}
-- Of the customers whose {{ var('cohort_event') }} fell into a week: how many were active so many weeks later. Active is who ordered (visited, where the cohort is that of the first visit).
with active as (

    select distinct customer_id, cast(date_trunc('week', day) as date) as week
    from {{ ref('customer_days') }}
    where customer_id is not null and {{ 'orders > 0' if var('cohort_event') == 'first_order' else 'sessions > 0' }}

),

cohorts as (

    select customer_id, min(week) as cohort_week
    from active
    group by customer_id

),

sizes as (

    select cohort_week, count(*) as customers
    from cohorts
    group by cohort_week

),

as_of as (

    select max(day) as day from {{ ref('dates') }}

),

-- every week that has begun, also one in which nobody came back
cells as (

    select sizes.cohort_week, sizes.customers, cast(unnest(generate_series(cast(sizes.cohort_week as timestamp), cast(as_of.day as timestamp), interval 1 week)) as date) as week
    from sizes
    cross join as_of

),

returned as (

    select cohorts.cohort_week, active.week, count(*) as active_customers
    from cohorts
    inner join active on cohorts.customer_id = active.customer_id
    group by all

)

select
    cells.cohort_week,
    cast(date_diff('week', cells.cohort_week, cells.week) as integer) as weeks_later,
    cells.week,
    cells.customers,
    coalesce(returned.active_customers, 0) as active_customers,
    cells.week + interval 1 week <= as_of.day as is_complete,
    as_of.day as as_of
from cells
cross join as_of
left join returned on cells.cohort_week = returned.cohort_week and cells.week = returned.week
