{{ config(materialized='incremental', incremental_strategy='delete+insert', unique_key='visitor_id') }}
-- A session ends after {{ var('session_gap_minutes') }} minutes without an event, not at midnight. A late event may merge two sessions,
-- so the unit of restatement is the visitor: all sessions of each visitor with new events are made anew.
with marked as (

    select
        events.*,
        coalesce(
            event_time - lag(event_time) over visits > interval {{ var('session_gap_minutes') }} minute, true
        ) as is_first
    from {{ weir_touched(ref('events'), 'visitor_id') }} as events
    window visits as (partition by events.visitor_id order by event_time, event_id)

),

numbered as (

    select *, cast(sum(cast(is_first as integer)) over (partition by visitor_id order by event_time, event_id) as integer) as session_number
    from marked

)

select
    visitor_id,
    session_number,
    max(user_id) as user_id,
    min(event_time) as started_at,
    max(event_time) as ended_at,
    date_trunc('hour', min(event_time)) as hour,
    cast(min(event_time) at time zone '{{ var("time_zone") }}' as date) as session_date,
    arg_min(platform, event_time) as platform,
    arg_min(campaign, event_time) as campaign,
    count(*) as events,
    bool_or(step = 'product_added') as has_cart,
    bool_or(step = 'checkout_started') as has_checkout,
    bool_or(step = 'order_completed') as has_order
from numbered
group by visitor_id, session_number
