{{ config(tags=['daily']) }}
-- Of the customers whose {{ var('cohort_event') }} fell into a month: how many were active so many months later. Active is who ordered (visited, where the cohort is that of the first visit).
with active as (

    select distinct customer_id, cast(date_trunc('month', day) as date) as month
    from {{ ref('customer_days') }}
    where customer_id is not null and {{ 'orders > 0' if var('cohort_event') == 'first_order' else 'sessions > 0' }}

),

cohorts as (

    select customer_id, min(month) as cohort_month
    from active
    group by customer_id

),

sizes as (

    select cohort_month, count(*) as customers
    from cohorts
    group by cohort_month

),

as_of as (

    select max(day) as day from {{ ref('dates') }}

),

-- every month that has begun, also one in which nobody came back
cells as (

    select sizes.cohort_month, sizes.customers, cast(unnest(generate_series(cast(sizes.cohort_month as timestamp), cast(as_of.day as timestamp), interval 1 month)) as date) as month
    from sizes
    cross join as_of

),

returned as (

    select cohorts.cohort_month, active.month, count(*) as active_customers
    from cohorts
    inner join active on cohorts.customer_id = active.customer_id
    group by all

)

select
    cells.cohort_month,
    cast(date_diff('month', cells.cohort_month, cells.month) as integer) as months_later,
    cells.month,
    cells.customers,
    coalesce(returned.active_customers, 0) as active_customers,
    cells.month + interval 1 month <= as_of.day as is_complete,
    as_of.day as as_of
from cells
cross join as_of
left join returned on cells.cohort_month = returned.cohort_month and cells.month = returned.month
