-- The catalogue, and what was sold and is not in it. Of a product that only orders know, name and category are those of its latest line.
with sold as (

    select
        product_id,
        arg_max(product_name, (ordered_at, order_id, line)) as product_name,
        arg_max(category, (ordered_at, order_id, line)) as category,
        min(ordered_at) as first_ordered_at,
        max(ordered_at) as last_ordered_at
    from {{ ref('stg_order_lines') }}
    group by product_id

)

select
    coalesce(listed.product_id, sold.product_id) as product_id,
    coalesce(listed.product_name, sold.product_name, listed.product_id, sold.product_id) as product_name,
    coalesce(listed.category, sold.category, '(none)') as category,
    listed.list_price,
    listed.currency,
    listed.product_id is not null as is_listed,
    sold.first_ordered_at,
    sold.last_ordered_at
from {{ ref('stg_products') }} as listed
full join sold on listed.product_id = sold.product_id
