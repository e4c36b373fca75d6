{{ config(tags=['daily']) }}
-- Each complete day's sales and behaviour beside what the same weekday had in the up to eight weeks before: their median, and their median absolute deviation
-- (times 1.4826, which is a standard deviation where deviations are normal). A deviation of a count is never taken for less than its square root, one of money for less than 5 %.
-- Three weeks are needed; from 3.5 deviations on (Iglewicz and Hoaglin) a day is an anomaly.
with days as (

    select
        day,
        cast(sum(orders) as double) as orders,
        cast(sum(gross_revenue) as double) as gross_revenue,
        cast(sum(refunds) as double) as refunds,
        cast(sum(sessions) as double) as sessions,
        cast(sum(product_views) as double) as product_views,
        cast(sum(carts) as double) as carts,
        cast(sum(checkouts) as double) as checkouts
    from {{ ref('daily_kpis') }}
    group by day

),

long as (

    unpivot days on orders, gross_revenue, refunds, sessions, product_views, carts, checkouts into name measure value actual

),

as_of as (

    select max(day) as day from {{ ref('dates') }}

),

compared as (

    select
        now.day,
        now.measure,
        now.actual,
        count(before.actual) as weeks,
        median(before.actual) as expected,
        mad(before.actual) as deviation
    from long as now
    inner join long as before
        on now.measure = before.measure and before.day < now.day and before.day >= now.day - 56 and (now.day - before.day) % 7 = 0
    cross join as_of
    where now.day < as_of.day
    group by now.day, now.measure, now.actual
    having count(before.actual) >= 3

),

scaled as (

    select
        *,
        greatest(1.4826 * deviation, case when measure in ('gross_revenue', 'refunds') then 0.05 * expected else sqrt(expected) end, 1) as spread
    from compared

)

select
    scaled.day,
    scaled.measure,
    case when scaled.measure in ('orders', 'gross_revenue', 'refunds') then 'sales' else 'behaviour' end as kind,
    scaled.actual,
    scaled.expected,
    scaled.expected - 3.5 * scaled.spread as lower_bound,
    scaled.expected + 3.5 * scaled.spread as upper_bound,
    (scaled.actual - scaled.expected) / scaled.spread as score,
    abs(scaled.actual - scaled.expected) >= 3.5 * scaled.spread as is_anomaly,
    case when scaled.actual < scaled.expected then 'down' else 'up' end as direction,
    cast(scaled.weeks as integer) as weeks,
    as_of.day as as_of
from scaled
cross join as_of
