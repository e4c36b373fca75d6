-- Support tickets, with the customer who opened them.
select
    tickets.ticket_id,
    tickets.user_id,
    ids.customer_id,
    tickets.subject,
    tickets.priority,
    tickets.status,
    tickets.status = 'open' as is_open,
    tickets.created_at,
    tickets.updated_at,
    cast(tickets.created_at at time zone '{{ var("time_zone") }}' as date) as created_date,
    case when tickets.status <> 'open' then cast(epoch(tickets.updated_at) - epoch(tickets.created_at) as double) / 3600 end as hours_to_solve
from {{ ref('stg_tickets') }} as tickets
left join {{ ref('customer_ids') }} as ids on ids.kind = 'user' and tickets.user_id = ids.id_value
