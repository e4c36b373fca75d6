-- A return is a line of a cancellation: an invoice whose number begins with C.
select
    items.product_id,
    any_value(products.product_name) as product_name,
    count(*) as lines,
    cast(-sum(items.quantity) as bigint) as quantity,
    cast(-sum(items.amount) as decimal(18, 4)) as amount
from {{ ref('order_items') }} as items
inner join {{ ref('products') }} as products on items.product_id = products.product_id
where items.is_cancellation
group by items.product_id
