{{ config(materialized='incremental', unique_key='order_id') }}
-- A line of an order, in the reporting currency at the rate of its day. What is refunded keeps its order day and has its own day, too.
with rates as (

    {{ exchange_rates() }}

),

lines as (

    -- whose the order is, and when it was placed, its line says that changed last
    select
        * replace (
            last_value(user_id) over latest as user_id,
            last_value(ordered_at) over latest as ordered_at,
            last_value(channel) over latest as channel,
            last_value(country) over latest as country
        ),
        cast(last_value(ordered_at) over latest at time zone '{{ var("time_zone") }}' as date) as order_date
    from {{ weir_touched(ref('stg_order_lines'), 'order_id') }} as stg_order_lines
    window latest as (partition by order_id order by updated_at, line rows between unbounded preceding and unbounded following)

),

priced as (

    select
        lines.*,
        rates.rate,
        cast(lines.list_amount * rates.rate as decimal(18, 4)) as gross_revenue,
        cast(lines.discount_amount * rates.rate as decimal(18, 4)) as discounts,
        cast(lines.tax_amount * rates.rate as decimal(18, 4)) as tax,
        cast(lines.shipping_amount * rates.rate as decimal(18, 4)) as shipping
    from lines
    left join rates on lines.currency = rates.currency and lines.order_date >= rates.valid_from and lines.order_date < rates.valid_to

)

select
    priced.order_id,
    priced.line,
    priced.user_id,
    customers.customer_id,
    coalesce(customers.customer_id, 'user-' || priced.user_id) as person_id,
    priced.product_id,
    coalesce(priced.category, '(none)') as category,
    priced.channel,
    priced.country,
    priced.status,
    priced.coupon,
    priced.ordered_at,
    priced.order_date,
    date_trunc('hour', priced.ordered_at) as order_hour,
    priced.refunded_at is not null as is_refunded,
    priced.refunded_at,
    cast(priced.refunded_at at time zone '{{ var("time_zone") }}' as date) as refund_date,
    date_trunc('hour', priced.refunded_at) as refund_hour,
    priced.quantity,
    priced.currency,
    priced.unit_price,
    priced.rate,
    priced.gross_revenue,
    priced.discounts,
    priced.tax,
    priced.shipping,
    cast(priced.gross_revenue - priced.discounts - priced.tax as decimal(18, 4)) as net_sales,
    cast(case when priced.refunded_at is not null then priced.gross_revenue - priced.discounts - priced.tax else 0 end as decimal(18, 4)) as refunds,
    cast(case when priced.refunded_at is null then priced.gross_revenue - priced.discounts - priced.tax else 0 end as decimal(18, 4)) as net_revenue
from priced
left join {{ weir_touched(ref('order_customers'), 'order_id') }} as customers
    on priced.order_id = customers.order_id and priced.user_id = customers.user_id
