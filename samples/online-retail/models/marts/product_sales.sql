select
    items.product_id,
    any_value(products.product_name) as product_name,
    cast(sum(items.quantity) as bigint) as quantity,
    cast(sum(items.amount) as decimal(18, 4)) as revenue
from {{ ref('order_items') }} as items
inner join {{ ref('products') }} as products on items.product_id = products.product_id
group by items.product_id
