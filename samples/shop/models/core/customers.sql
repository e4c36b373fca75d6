select
    contacts.customer_id,
    contacts.name as customer_name,
    contacts.city,
    contacts.country,
    contacts.stage,
    count(tickets.ticket_id) as tickets
from {{ ref('stg_contacts') }} as contacts
left join {{ ref('stg_tickets') }} as tickets on contacts.customer_id = tickets.customer_id
group by all
