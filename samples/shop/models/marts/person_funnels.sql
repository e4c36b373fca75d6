{{ config(materialized='incremental', unique_key='person_id') }}
-- Per person and day on which a product was viewed: when, from the first view of that day, each further step was first taken, in this order and within seven days of that view.
with touched as (

    select distinct person_id, visitor_id from {{ weir_touched(ref('sessions'), 'person_id') }} as sessions

),

-- all sessions of their browsers: what another person did there is not theirs
people as (

    select visitor_id, started_at, arg_max(person_id, session_number) as person_id, arg_max(channel, session_number) as channel
    from {{ ref('sessions') }}
    where visitor_id in (select visitor_id from touched)
    group by visitor_id, started_at

),

taken as (

    select people.person_id, people.channel, events.step, events.event_time, events.event_date
    from (
        select visitor_id, step, event_time, event_date
        from {{ ref('events') }}
        where step in ('product_viewed', 'product_added', 'checkout_started', 'order_completed') and not is_bot
            and visitor_id in (select visitor_id from touched)
    ) as events
    asof inner join people on events.visitor_id = people.visitor_id and events.event_time >= people.started_at
    where people.person_id in (select person_id from touched)

),

entries as (

    select person_id, event_date as day, min(event_time) as viewed_at, arg_min(channel, (event_time, channel)) as channel
    from taken
    where step = 'product_viewed'
    group by person_id, event_date

),

carts as (

    select entries.*, taken.event_time as added_at
    from entries
    asof left join (select distinct person_id, event_time from taken where step = 'product_added') as taken
        on entries.person_id = taken.person_id and entries.viewed_at <= taken.event_time

),

checkouts as (

    select carts.* replace (case when added_at <= viewed_at + interval 168 hour then added_at end as added_at), taken.event_time as checkout_at
    from carts
    asof left join (select distinct person_id, event_time from taken where step = 'checkout_started') as taken
        on carts.person_id = taken.person_id and carts.added_at <= taken.event_time

),

finished as (

    select
        checkouts.* replace (case when added_at is not null and checkout_at <= viewed_at + interval 168 hour then checkout_at end as checkout_at),
        taken.event_time as ordered_at
    from checkouts
    asof left join (select distinct person_id, event_time from taken where step = 'order_completed') as taken
        on checkouts.person_id = taken.person_id and checkouts.checkout_at <= taken.event_time

)

select
    person_id,
    day,
    channel,
    viewed_at,
    added_at,
    checkout_at,
    case when checkout_at is not null and ordered_at <= viewed_at + interval 168 hour then ordered_at end as ordered_at
from finished
