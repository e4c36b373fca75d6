-- Every business day from the first to the last on which something happened.
with span as (

    select min(day) as first_day, max(day) as last_day
    from (
        select min(session_date) as day from {{ ref('sessions') }}
        union all
        select max(session_date) from {{ ref('sessions') }}
        union all
        select min(order_date) from {{ ref('order_items') }}
        union all
        select max(order_date) from {{ ref('order_items') }}
        union all
        select max(refund_date) from {{ ref('order_items') }}
    )

),

days as (

    select cast(unnest(generate_series(cast(first_day as timestamp), cast(last_day as timestamp), interval 1 day)) as date) as day
    from span

)

select
    day,
    cast(date_trunc('week', day) as date) as week,
    cast(date_trunc('month', day) as date) as month,
    cast(date_trunc('quarter', day) as date) as quarter,
    cast(isoyear(day) as integer) as iso_year,
    cast(week(day) as integer) as iso_week,
    cast(isodow(day) as integer) as weekday,
    strftime(day, '%A') as weekday_name,
    isodow(day) >= 6 as is_weekend
from days
