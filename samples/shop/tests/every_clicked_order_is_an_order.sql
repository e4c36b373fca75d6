-- Clicks are reconciled against the order system: an order that was clicked more than an hour ago and never came is a fault.
select clicks.order_id
from {{ ref('events') }} as clicks
left join {{ ref('orders') }} as orders on clicks.order_id = orders.order_id
where clicks.step = 'order_completed'
    and clicks.order_id is not null
    and orders.order_id is null
    and clicks.event_time < (select max(event_time) from {{ ref('events') }}) - interval 1 hour
