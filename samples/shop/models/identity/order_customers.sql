{{ config(materialized='incremental', unique_key='user_id') }}
-- Whose an order is. The unit of restatement is the user id that the order system knows.
with orders as (

    select distinct user_id, order_id
    from {{ weir_touched(ref('stg_order_lines'), 'user_id') }} as stg_order_lines

),

ids as (

    select id_value, customer_id
    from {{ weir_touched(ref('customer_ids'), "case when kind = 'user' then id_value end") }} as customer_ids
    where kind = 'user'

)

select orders.user_id, orders.order_id, ids.customer_id
from orders
left join ids on orders.user_id = ids.id_value
