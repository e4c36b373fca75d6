-- A category is where the catalogue puts products, or an order line put one.
with named as (

    select category, product_id from {{ ref('products') }}
    union
    select category, product_id from {{ ref('order_items') }}

)

select category, count(*) as products
from named
group by category
