{{ config(tags=['daily']) }}
-- All that is known of a customer, in a row.
with days as (

    select
        customer_id,
        cast(sum(sessions) as bigint) as sessions,
        max(day) filter (sessions > 0) as last_visit_date,
        cast(sum(orders) as bigint) as orders,
        cast(sum(items) as bigint) as items,
        cast(sum(gross_revenue) as decimal(18, 4)) as gross_revenue,
        cast(sum(refunds) as decimal(18, 4)) as refunds,
        cast(sum(net_revenue) as decimal(18, 4)) as net_revenue
    from {{ ref('customer_days') }}
    where customer_id is not null
    group by customer_id

),

asked as (

    select
        customer_id,
        count(*) as tickets,
        count(*) filter (is_open) as open_tickets,
        max(created_at) as last_ticket_at
    from {{ ref('tickets') }}
    where customer_id is not null
    group by customer_id

),

brought as (

    select customer_id, arg_min(first_channel, (order_date, order_id)) as first_channel, arg_min(first_campaign, (order_date, order_id)) as first_campaign
    from {{ ref('attribution') }}
    where customer_id is not null
    group by customer_id

)

select
    customers.customer_id,
    customers.customer_name,
    customers.city,
    customers.country,
    customers.stage as crm_stage,
    customers.first_seen_at,
    customers.user_ids,
    customers.browsers,
    coalesce(days.sessions, 0) as sessions,
    days.last_visit_date,
    coalesce(days.orders, 0) as orders,
    coalesce(days.items, 0) as items,
    customers.first_order_date,
    customers.last_order_date,
    cast(coalesce(days.gross_revenue, 0) as decimal(18, 4)) as gross_revenue,
    cast(coalesce(days.refunds, 0) as decimal(18, 4)) as refunds,
    cast(coalesce(days.net_revenue, 0) as decimal(18, 4)) as net_revenue,
    rfm.segment as rfm_segment,
    rfm.recency_score,
    rfm.frequency_score,
    rfm.monetary_score,
    brought.first_channel as acquired_by_channel,
    brought.first_campaign as acquired_by_campaign,
    coalesce(asked.tickets, 0) as tickets,
    coalesce(asked.open_tickets, 0) as open_tickets,
    asked.last_ticket_at,
    (select max(day) from {{ ref('dates') }}) as as_of
from {{ ref('customers') }} as customers
left join days on customers.customer_id = days.customer_id
left join asked on customers.customer_id = asked.customer_id
left join brought on customers.customer_id = brought.customer_id
left join {{ ref('rfm') }} as rfm on customers.customer_id = rfm.customer_id
