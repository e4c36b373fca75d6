{{ config(materialized='incremental', unique_key='day') }}
-- Marketing's day by channel and campaign: visits on the day they began, orders on the day they were placed, given to the campaign that touched the person last (and first).
with visited as (

    select
        session_date as day,
        marketing_channel,
        coalesce(campaign, '(none)') as campaign,
        count(*) as sessions,
        count(*) filter (is_bounce) as bounces,
        count(*) filter (has_cart) as carts,
        count(*) filter (has_order) as converted
    from {{ weir_touched(ref('sessions'), 'session_date') }} as sessions
    group by all

),

attributed as (

    select * from {{ weir_touched(ref('attribution'), 'order_date') }} as attribution

),

lasts as (

    select
        order_date as day,
        last_channel as marketing_channel,
        coalesce(last_campaign, '(none)') as campaign,
        count(*) as orders,
        sum(net_sales) as net_sales
    from attributed
    group by all

),

firsts as (

    select
        order_date as day,
        first_channel as marketing_channel,
        coalesce(first_campaign, '(none)') as campaign,
        count(*) as orders,
        sum(net_sales) as net_sales
    from attributed
    group by all

),

parts as (

    select day, marketing_channel, campaign from visited
    union
    select day, marketing_channel, campaign from lasts
    union
    select day, marketing_channel, campaign from firsts

),

rates as (

    {{ exchange_rates() }}

)

select
    parts.day,
    parts.marketing_channel,
    parts.campaign,
    coalesce(visited.sessions, 0) as sessions,
    coalesce(visited.bounces, 0) as bounces,
    coalesce(visited.carts, 0) as carts,
    coalesce(visited.converted, 0) as converted,
    coalesce(lasts.orders, 0) as last_touch_orders,
    cast(coalesce(lasts.net_sales, 0) as decimal(18, 4)) as last_touch_net_sales,
    coalesce(firsts.orders, 0) as first_touch_orders,
    cast(coalesce(firsts.net_sales, 0) as decimal(18, 4)) as first_touch_net_sales,
    cast(case when visited.sessions > 0 then coalesce(campaigns.daily_cost * rates.rate, 0) else 0 end as decimal(18, 4)) as cost
from parts
left join visited on parts.day = visited.day and parts.marketing_channel = visited.marketing_channel and parts.campaign = visited.campaign
left join lasts on parts.day = lasts.day and parts.marketing_channel = lasts.marketing_channel and parts.campaign = lasts.campaign
left join firsts on parts.day = firsts.day and parts.marketing_channel = firsts.marketing_channel and parts.campaign = firsts.campaign
left join {{ ref('campaigns') }} as campaigns on parts.campaign = campaigns.campaign and parts.marketing_channel = campaigns.marketing_channel
left join rates on campaigns.cost_currency = rates.currency and parts.day >= rates.valid_from and parts.day < rates.valid_to
