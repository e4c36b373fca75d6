{{ config(materialized='incremental', unique_key='visitor_id') }}
-- A session ends after {{ var('session_gap_minutes') }} minutes without an event, not at midnight; at a new campaign; and when somebody else signs in on the same
-- browser. A late event may merge two sessions, so the unit of restatement is the visitor: all sessions of each visitor with new events are made anew.
with visits as (

    select
        *,
        coalesce(event_time - lag(event_time) over in_order > interval {{ var('session_gap_minutes') }} minute, true) as after_gap
    from {{ weir_touched(ref('events'), 'visitor_id') }} as events
    where not is_bot
    window in_order as (partition by visitor_id order by event_time, event_id, _stream, _position)

),

stretches as (

    select *, sum(cast(after_gap as integer)) over (partition by visitor_id order by event_time, event_id, _stream, _position) as stretch
    from visits

),

marked as (

    select
        *,
        after_gap
        or (touch is not null and touch is distinct from last_value(touch ignore nulls) over before)
        or coalesce(user_id <> last_value(user_id ignore nulls) over before, false) as is_first
    from stretches
    window before as (
        partition by visitor_id, stretch order by event_time, event_id, _stream, _position
        rows between unbounded preceding and 1 preceding
    )

),

numbered as (

    select *, cast(sum(cast(is_first as integer)) over (partition by visitor_id order by event_time, event_id, _stream, _position) as integer) as session_number
    from marked

),

made as (

    select
        visitor_id,
        session_number,
        max(user_id) as user_id,
        min(event_time) as started_at,
        max(event_time) as ended_at,
        arg_min_null(platform, (event_time, event_id, _stream, _position)) as platform,
        arg_min_null(channel, (event_time, event_id, _stream, _position)) as channel,
        arg_min_null(country, (event_time, event_id, _stream, _position)) as country,
        max(utm_source) as utm_source,
        max(utm_medium) as utm_medium,
        max(campaign) as campaign,
        arg_min_null(referrer, (event_time, event_id, _stream, _position)) as referrer,
        count(*) as events,
        count(*) filter (step = 'page_viewed') as page_views,
        count(*) filter (step = 'product_viewed') as product_views,
        count(*) filter (step = 'product_added') as cart_additions,
        bool_or(step = 'product_viewed') as has_view,
        bool_or(step = 'product_added') as has_cart,
        bool_or(step = 'checkout_started') as has_checkout,
        bool_or(step = 'order_completed') as has_order,
        cast(bit_xor(hash(_stream, _position)) as varchar) as checksum
    from numbered
    group by visitor_id, session_number

),

-- by whoever signed in, else by whose the browser was when the session began
people as (

    select visitor_id, kind, id_value, customer_id, valid_from, valid_to
    from {{ weir_touched(ref('visitor_customers'), 'visitor_id') }} as visitor_customers

)

select
    made.visitor_id || '/' || made.session_number as session_id,
    made.visitor_id,
    made.session_number,
    made.user_id,
    coalesce(users.customer_id, owners.customer_id) as customer_id,
    coalesce(users.customer_id, owners.customer_id, 'visitor-' || made.visitor_id) as person_id,
    made.started_at,
    made.ended_at,
    date_trunc('hour', made.started_at) as hour,
    cast(made.started_at at time zone '{{ var("time_zone") }}' as date) as session_date,
    cast(epoch(made.ended_at) - epoch(made.started_at) as double) as seconds,
    made.platform,
    made.channel,
    made.country,
    made.utm_source,
    made.utm_medium,
    made.campaign,
    made.referrer,
    case
        when made.utm_medium in ('email', 'newsletter') then 'email'
        when made.utm_medium in ('cpc', 'ppc', 'paidsearch') then 'paid_search'
        when made.utm_medium in ('social', 'paid_social', 'video') then 'paid_social'
        when made.utm_medium = 'affiliate' then 'affiliate'
        when coalesce(made.utm_source, made.utm_medium, made.campaign) is not null then 'other_campaign'
        when regexp_matches(made.referrer, '//(www\.)?(google|bing|duckduckgo|ecosia|yahoo)\.') then 'organic_search'
        when made.referrer is not null and not contains(made.referrer, '//shop.example.com') then 'referral'
        else 'direct'
    end as marketing_channel,
    made.events,
    made.page_views,
    made.product_views,
    made.cart_additions,
    made.has_view,
    made.has_cart,
    made.has_checkout,
    made.has_order,
    made.events = 1 as is_bounce,
    made.checksum
from made
left join people as users on users.kind = 'user' and made.visitor_id = users.visitor_id and made.user_id = users.id_value
left join people as owners
    on owners.kind = 'anonymous' and made.visitor_id = owners.visitor_id
    and made.started_at >= owners.valid_from and made.started_at < owners.valid_to
