-- Money by the hour in which it was ordered or refunded, visits by the hour in which they began.
with sold as (

    select date_trunc('hour', ordered_at) as hour, count(*) as orders, sum(amount) as gross
    from {{ ref('orders') }}
    group by 1

),

refunded as (

    select date_trunc('hour', refunded_at) as hour, sum(amount) as refunds
    from {{ ref('orders') }}
    where is_refunded
    group by 1

),

visited as (

    select
        date_trunc('hour', started_at) as hour,
        count(*) as sessions,
        count(*) filter (has_checkout) as checkouts,
        count(*) filter (has_order) as converted
    from {{ ref('sessions') }}
    group by 1

),

hours as (

    select hour from sold
    union
    select hour from refunded
    union
    select hour from visited

)

select
    hours.hour,
    cast(hours.hour at time zone '{{ var("time_zone") }}' as date) as day,
    coalesce(visited.sessions, 0) as sessions,
    coalesce(visited.checkouts, 0) as checkouts,
    coalesce(visited.converted, 0) as converted,
    coalesce(sold.orders, 0) as orders,
    cast(coalesce(sold.gross, 0) as decimal(18, 4)) as gross_revenue,
    cast(coalesce(refunded.refunds, 0) as decimal(18, 4)) as refunds,
    cast(coalesce(sold.gross, 0) - coalesce(refunded.refunds, 0) as decimal(18, 4)) as revenue
from hours
left join sold on hours.hour = sold.hour
left join refunded on hours.hour = refunded.hour
left join visited on hours.hour = visited.hour
