{{ config(materialized='incremental', unique_key='person_id') }}
-- Which visit brought an order: the first and the last within {{ var('attribution_days') }} days before it that came by a channel other than direct. An order
-- without one is direct. The unit of restatement is the person.
with sold as (

    select * from {{ weir_touched(ref('orders'), 'person_id') }} as orders

),

touches as (

    select
        sold.order_id,
        sessions.session_id,
        sessions.started_at,
        sessions.marketing_channel,
        sessions.utm_source,
        sessions.utm_medium,
        sessions.campaign,
        row_number() over (partition by sold.order_id order by sessions.started_at, sessions.session_id) as from_first,
        row_number() over (partition by sold.order_id order by sessions.started_at desc, sessions.session_id desc) as from_last,
        count(*) over (partition by sold.order_id) as touches
    from sold
    inner join {{ weir_touched(ref('sessions'), 'person_id') }} as sessions
        on sold.person_id = sessions.person_id and sessions.started_at <= sold.ordered_at
        and sessions.started_at >= sold.ordered_at - interval {{ var('attribution_days') * 24 }} hour
    where sessions.marketing_channel <> 'direct'

)

select
    sold.order_id,
    sold.person_id,
    sold.customer_id,
    sold.order_date,
    sold.net_sales,
    sold.net_revenue,
    coalesce(firsts.touches, 0) as touches,
    coalesce(firsts.marketing_channel, 'direct') as first_channel,
    firsts.utm_source as first_source,
    firsts.utm_medium as first_medium,
    firsts.campaign as first_campaign,
    firsts.started_at as first_touch_at,
    coalesce(lasts.marketing_channel, 'direct') as last_channel,
    lasts.utm_source as last_source,
    lasts.utm_medium as last_medium,
    lasts.campaign as last_campaign,
    lasts.started_at as last_touch_at
from sold
left join touches as firsts on sold.order_id = firsts.order_id and firsts.from_first = 1
left join touches as lasts on sold.order_id = lasts.order_id and lasts.from_last = 1
