-- A customer is a person of whom at least one strong id is known: a user, a CRM contact, an address. Name and stage are those of the contact that changed last.
with known as (

    select
        customer_id,
        min(first_seen_at) as first_seen_at,
        count(*) filter (kind = 'user') as user_ids,
        count(*) filter (kind = 'crm') as contacts,
        count(distinct id) filter (not is_strong) as browsers
    from {{ ref('customer_ids') }}
    group by customer_id

),

profiles as (

    select ids.customer_id, contacts.name, contacts.city, contacts.country, contacts.stage
    from {{ ref('stg_contacts') }} as contacts
    inner join {{ ref('customer_ids') }} as ids on ids.kind = 'crm' and contacts.contact_id = ids.id_value
    qualify row_number() over (partition by ids.customer_id order by contacts.modified_at desc, contacts.contact_id) = 1

),

bought as (

    select
        customer_id,
        min(day) filter (orders > 0) as first_order_date,
        max(day) filter (orders > 0) as last_order_date,
        min(day) filter (sessions > 0) as first_visit_date
    from {{ ref('customer_days') }}
    where customer_id is not null
    group by customer_id

)

select
    known.customer_id,
    coalesce(profiles.name, known.customer_id) as customer_name,
    profiles.city,
    profiles.country,
    profiles.stage,
    known.first_seen_at,
    known.user_ids,
    known.contacts,
    known.browsers,
    bought.first_visit_date,
    bought.first_order_date,
    bought.last_order_date
from known
left join profiles on known.customer_id = profiles.customer_id
left join bought on known.customer_id = bought.customer_id
