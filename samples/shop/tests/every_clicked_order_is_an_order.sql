-- Clicks are reconciled against the order system: an order that was clicked more than an hour ago and never came is a fault.
select clicks.order_id
from {{ ref('order_clicks') }} as clicks
left join {{ ref('orders') }} as orders on clicks.order_id = orders.order_id
where orders.order_id is null
    and clicks.event_time < (select max(ended_at) from {{ ref('sessions') }}) - interval 1 hour
