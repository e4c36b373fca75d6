-- Orders are counted by the order system. What was clicked is held against it: by the day of the order, or of the click where no order came.
with clicked as (

    select order_id, min(event_date) as day
    from {{ ref('order_clicks') }}
    group by order_id

)

select
    coalesce(orders.order_date, clicked.day) as day,
    count(*) filter (orders.order_id is not null and clicked.order_id is not null) as matched,
    count(*) filter (clicked.order_id is null) as only_ordered,
    count(*) filter (orders.order_id is null) as only_clicked
from {{ ref('orders') }} as orders
full join clicked on orders.order_id = clicked.order_id
group by 1
