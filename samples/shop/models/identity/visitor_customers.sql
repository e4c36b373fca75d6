{{ config(materialized='incremental', unique_key=['kind', 'id_value']) }}
-- Whose a visitor is: by the user who signed in (kind user), else by the time at which the browser was whose (kind anonymous). The unit of restatement is the id:
-- when identity moves one to another customer, the visitors who bear it move with it.
with users as (

    select visitor_id, user_id
    from {{ weir_touched(ref('visitor_users'), ["'user'", 'user_id']) }} as visitor_users

),

ids as (

    select kind, id_value, customer_id, valid_from, valid_to
    from {{ weir_touched(ref('customer_ids'), ['kind', 'id_value']) }} as customer_ids

)

select 'user' as kind, users.user_id as id_value, users.visitor_id, ids.customer_id, ids.valid_from, ids.valid_to
from users
inner join ids on ids.kind = 'user' and users.user_id = ids.id_value

union all

select kind, id_value, id_value as visitor_id, customer_id, valid_from, valid_to
from ids
where kind = 'anonymous'
